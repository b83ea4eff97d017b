/** Ends with the usage when `--help` is asked for, and with 2 when there is a problem with the arguments. */
export function endWithUsage(usage, problem) {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  if (!problem) return;
  console.error(`${problem}\n\n${usage}`);
  process.exit(2);
}
