import { Module, type DynamicModule } from '@nestjs/common';
import type { ResolverContext } from './context.js';
import { MappingController } from './controllers/mapping.controller.js';
import { MembershipDeltaController } from './controllers/membership-delta.controller.js';
import { Directories } from './directory/directories.js';
import { ForwardMembership } from './resolve/forward-membership.js';

@Module({})
export class ResolverModule {
  static with(context: ResolverContext): DynamicModule {
    return {
      module: ResolverModule,
      controllers: [MappingController, MembershipDeltaController],
      providers: [
        { provide: Directories, useFactory: () => new Directories(context) },
        { provide: ForwardMembership, useFactory: () => new ForwardMembership(context) },
      ],
    };
  }
}
