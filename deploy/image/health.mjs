// Exit code 0 when the URL, by default the service's own liveness, answers 2xx.
const url = process.argv[2] ?? `http://127.0.0.1:${process.env.PORT || 8080}/health/live`;
const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch((error) => ({ ok: false, error }));
process.exitCode = answer.ok ? 0 : 1;
