import type { DynamicModule } from '@nestjs/common';
import { CONTEXT } from './context-token.js';
import type { CaptureContext } from './context.js';
import { CommandController } from './handlers/command.controller.js';
import { DirectoryController } from './handlers/directory.controller.js';
import { MappingController } from './handlers/mapping.controller.js';

export class CaptureModule {
  static with(context: CaptureContext): DynamicModule {
    return {
      module: CaptureModule,
      controllers: [MappingController, DirectoryController, CommandController],
      providers: [{ provide: CONTEXT, useValue: context }],
    };
  }
}
