import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { appSpec } from '../oauth/app-registry.js';
import type { ControlHooks } from './control.js';

const churnRequest = z.strictObject({ perMinute: z.number().min(0).max(12_000) });
const lifetimeRequest = z.strictObject({ lifetimeSeconds: z.number().positive() });
const rotation = z.strictObject({ forgetOld: z.boolean().default(false) });

/** Applications, token keys and churn. */
export function serviceRoutes(app: FastifyInstance, { tokens, register, churn }: ControlHooks): void {
  app.get('/oauth/apps', () => tokens().apps.list());
  app.post('/oauth/apps', (request, reply) => reply.code(201).send(register(appSpec.parse(request.body))));
  app.post('/oauth/rotate-keys', async (request) => {
    await tokens().keys.rotate(rotation.parse(request.body).forgetOld);
    return { rotated: true };
  });
  app.post('/oauth/lifetime', (request) => {
    tokens().tokens.rules = lifetimeRequest.parse(request.body);
    return tokens().tokens.rules;
  });
  app.get('/churn', () => ({ perMinute: churn().perMinute, events: churn().events() }));
  app.post('/churn', (request) => {
    churn().start(churnRequest.parse(request.body).perMinute);
    return { perMinute: churn().perMinute };
  });
  app.post('/churn/step', () => churn().step() ?? { what: 'nothing' });
}
