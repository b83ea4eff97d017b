import { Module, type DynamicModule } from '@nestjs/common';
import { WRITER, type WriterContext } from './context.js';
import { CommandController } from './controllers/command.controller.js';
import { MappingController } from './controllers/mapping.controller.js';
import { MembershipChangeController } from './controllers/membership-change.controller.js';
import { WriterWorkers } from './writer-workers.js';

@Module({})
export class WriterModule {
  static with(context: WriterContext): DynamicModule {
    return {
      module: WriterModule,
      controllers: [MappingController, MembershipChangeController, CommandController],
      providers: [{ provide: WRITER, useValue: context }, WriterWorkers],
    };
  }
}
