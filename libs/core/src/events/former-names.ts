/**
 * Names that changed. Both are read. The former are still written, `number` beside `sequence` and `standing` in place of `ledger-version`, for
 * services of 0.1 must go on reading during an upgrade; the release after this one writes the present names alone.
 */
export const FORMER_FIELD = { present: 'sequence', former: 'number' } as const;
export const FORMER_EVENT = { present: 'ledger-version', former: 'standing' } as const;

type Body = Readonly<Record<string, unknown>>;

const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body);

export const withPresentNames = (body: unknown): unknown => {
  if (!isBody(body)) return body;
  const { sequence = body[FORMER_FIELD.former] } = body;
  return {
    ...body,
    ...(sequence === undefined ? {} : { sequence }),
    ...(body['event'] === FORMER_EVENT.former ? { event: FORMER_EVENT.present } : {}),
  };
};

export const withFormerNames = (body: Body): Body => ({
  ...body,
  ...(body[FORMER_FIELD.present] === undefined ? {} : { number: body[FORMER_FIELD.present] }),
  ...(body['event'] === FORMER_EVENT.present ? { event: FORMER_EVENT.former } : {}),
});
