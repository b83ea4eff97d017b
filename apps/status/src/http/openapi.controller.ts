import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { contract } from './contract.js';
import { Serve } from './serve.js';

export const getOpenApi = contract({
  id: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  role: 'Public',
  tag: 'Sign-in',
  summary: 'This document',
  answer: z.record(z.string(), z.unknown()),
});

/** The document of the API; made once, by whoever knows all contracts. */
export class OpenApi {
  constructor(readonly document: Record<string, unknown>) {}
}

@Controller()
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Serve(getOpenApi)
  get(): Record<string, unknown> {
    return this.openApi.document;
  }
}
