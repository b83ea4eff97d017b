import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/**
 * The options of a program of the workspace, read before it starts anything: `--help` prints the usage and ends, what it does not know is
 * named and ends it with 2.
 */
export const readOptions = <const O extends ParseArgsOptionsConfig>(
  usage: string,
  options: O,
  args: readonly string[] = process.argv.slice(2),
) => {
  const parse = () => parseArgs({ args: [...args], options });
  if (args.includes('--help')) {
    console.log(usage);
    return process.exit(0);
  }
  try {
    return parse().values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return process.exit(2);
  }
};
