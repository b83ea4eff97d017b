import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { VERSION } from '../version.js';

const SERVICE_NAMESPACE = 'collection-sync';

/**
 * Sends spans of this process to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT` (OTLP over HTTP; the other variables of the
 * specification are understood too, https://opentelemetry.io/docs/specs/otel/protocol/exporter). Without it nothing is recorded.
 * @returns sends what is left and ends
 */
export const startTracing = (service: string): (() => Promise<void>) => {
  if (!process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) return async () => undefined;
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': service,
        'service.namespace': SERVICE_NAMESPACE,
        'service.version': VERSION,
      }),
    ),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown();
};
