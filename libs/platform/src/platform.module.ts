import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

/** The endpoints of every service: /health, /health/live, /health/ready, /metrics. */
@Module({})
export class PlatformModule {
  static with(service: DynamicModule, health: Health, metrics: Metrics): DynamicModule {
    return {
      module: PlatformModule,
      imports: [service],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Health, useValue: health },
        { provide: Metrics, useValue: metrics },
      ],
    };
  }
}
