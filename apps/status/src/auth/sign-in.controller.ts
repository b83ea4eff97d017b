import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { contract, type AnswerOf } from '../http/contract.js';
import { Serve } from '../http/serve.js';
import { CurrentActor, type Actor } from './actor.js';
import { Authenticator, signIn } from './authenticator.js';

const getSignIn = contract({
  id: 'getSignIn',
  method: 'GET',
  path: '/sign-in',
  role: 'Public',
  tag: 'Sign-in',
  summary: 'How to sign in here',
  answer: signIn,
});

const getMe = contract({
  id: 'getMe',
  method: 'GET',
  path: '/me',
  role: 'Reader',
  ofPart: true,
  tag: 'Sign-in',
  summary: 'Who the caller is, and what they may do',
  answer: z
    .object({
      name: z.string(),
      role: z.enum(['Reader', 'Operator', 'Admin']).describe('the highest one held'),
      grants: z
        .array(
          z.object({
            role: z.enum(['Reader', 'Operator', 'Admin']),
            tenants: z.array(z.string()).nullable().describe('null for every tenant'),
            collections: z.array(z.string()).nullable().describe('ids, and beginnings with *; null for every one'),
          }),
        )
        .describe('where which role is held; with it is read what it reaches'),
    })
    .meta({ id: 'Me' }),
});

@Controller()
export class SignInController {
  constructor(private readonly authenticator: Authenticator) {}

  @Serve(getSignIn)
  signIn(): AnswerOf<typeof getSignIn> {
    return this.authenticator.signIn;
  }

  @Serve(getMe)
  me(@CurrentActor() actor: Actor): AnswerOf<typeof getMe> {
    const { name, role, grants } = actor;
    return {
      name,
      role,
      grants: grants.map(({ role: held, tenants, collections }) => ({
        role: held,
        tenants: tenants ? [...tenants] : null,
        collections: collections ? [...collections] : null,
      })),
    };
  }
}
