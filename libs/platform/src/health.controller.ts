import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Health, type HealthReport } from './health.js';
import { Public } from './public.js';

/** For probes and people. 200, or 503 with the same report. */
@Public()
@Controller('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /** Everything that is known. */
  @Get()
  all(): HealthReport {
    return this.health.report();
  }

  /** 503 when the process should be replaced. */
  @Get('live')
  live(): HealthReport {
    return this.#only(this.health.live());
  }

  /** 503 while the service starts, or when it should be replaced. */
  @Get('ready')
  ready(): HealthReport {
    return this.#only(this.health.ready());
  }

  #only(good: boolean): HealthReport {
    const report = this.health.report();
    if (!good) throw new ServiceUnavailableException(report);
    return report;
  }
}
