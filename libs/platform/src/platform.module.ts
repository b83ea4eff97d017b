import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController, SHOWS_DETAILS } from './health.controller.js';
import { Health } from './health.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

/**
 * The endpoints of every service: /health, /health/live, /health/ready, /metrics. Where `managed`, another port has metrics and details,
 * and this one tells states alone.
 */
@Module({})
export class PlatformModule {
  static with(service: DynamicModule, health: Health, metrics: Metrics, managed = false): DynamicModule {
    return {
      module: PlatformModule,
      imports: [service],
      controllers: managed ? [HealthController] : [HealthController, MetricsController],
      providers: [
        { provide: Health, useValue: health },
        { provide: Metrics, useValue: metrics },
        { provide: SHOWS_DETAILS, useValue: !managed },
      ],
    };
  }
}
