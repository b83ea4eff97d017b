/** The injection token of CaptureContext. */
export const CONTEXT = Symbol('CaptureContext');
