import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Health, type HealthReport } from './health.js';
import { Public } from './public.js';

/** Nest's token: whether reasons are shown, which name hosts and accounts. */
export const SHOWS_DETAILS = Symbol('health shows details');

/** For probes and people. 200, or 503 with the same report. */
@Public()
@Controller('health')
export class HealthController {
  readonly #health: Health;
  readonly #showsDetails: boolean;

  constructor(@Inject(Health) health: Health, @Inject(SHOWS_DETAILS) showsDetails: boolean) {
    this.#health = health;
    this.#showsDetails = showsDetails;
  }

  /** Everything that is known. */
  @Get()
  all(): HealthReport {
    return this.#report();
  }

  /** 503 when the process should be replaced. */
  @Get('live')
  live(): HealthReport {
    return this.#only(this.#health.live());
  }

  /** 503 while the service starts, or when it should be replaced. */
  @Get('ready')
  ready(): HealthReport {
    return this.#only(this.#health.ready());
  }

  #only(good: boolean): HealthReport {
    const report = this.#report();
    if (!good) throw new ServiceUnavailableException(report);
    return report;
  }

  #report(): HealthReport {
    const report = this.#health.report();
    if (this.#showsDetails) return report;
    const parts = Object.entries(report.parts).map(([name, { detail: _, ...shown }]) => [name, shown] as const);
    return { ...report, parts: Object.fromEntries(parts) };
  }
}
