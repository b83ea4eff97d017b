import { PUBLIC } from '@collection-sync/platform';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { contractOf } from '../http/serve.js';
import { actorOf } from './actor.js';

/** Denies by default: a route that is not marked as public, or that the gate let nobody into, is nobody's. */
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || isPublic(context)) return true;
    const contract = contractOf(context.getHandler());
    if (!contract) throw new Problem(404, 'There is no such route.');
    return contract.role === 'Public' || actorOf(context.switchToHttp().getRequest<FastifyRequest>()) !== undefined;
  }
}

const isPublic = (context: ExecutionContext): boolean =>
  [context.getHandler(), context.getClass()].some((place) => Reflect.getMetadata(PUBLIC, place) === true);
