import { answer, type Answer } from '../http/answer.js';

/** The code is the status as text: https://github.com/MSEndpointMgr/ModernDriverManagement/issues/179 */
export function error(status: number, message: string, code = String(status)): Answer {
  return json({ error: { code, message } }, status);
}

export function json(body: unknown, status = 200): Answer {
  return answer(status, body, { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8' });
}
