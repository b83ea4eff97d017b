import { answer, type Answer } from '../http/answer.js';

export function error(status: number, code: string, message: string): Answer {
  return json({ error: { code, message } }, status);
}

export function json(body: unknown, status = 200): Answer {
  return answer(status, body, { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8' });
}
