import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { Public } from './public.js';

interface Reply {
  header(name: string, value: string): Reply;
  send(body: string): void;
}

@Public()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  /** Prometheus text format. */
  @Get()
  async read(@Res() reply: Reply): Promise<void> {
    reply.header('content-type', this.metrics.contentType).send(await this.metrics.text());
  }
}
