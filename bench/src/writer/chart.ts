import { WORK, type Result } from './world.js';

const WIDTH = 760;
const LEFT = 270;
const BAR = 22;
const ROW = 64;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const times = (value: number): string => `${value.toFixed(2)} ×`;

/** Who was stopped for taking too long, or gave up, says what is left. */
const undone = ({ wrong, minimum }: Result): string => {
  const groups = minimum / (Math.ceil((WORK.adds - WORK.dead) / 20) + WORK.removes);
  const share = (100 * wrong) / (groups * (WORK.adds - WORK.dead + WORK.removes));
  return wrong > 0 ? `, ${Math.max(1, Math.round(share))} % undone` : '';
};

/** Bars of how many times the minimum each way needs: time above, write units below. */
export const chart = (results: readonly Result[]): string => {
  const most = Math.max(
    ...results.flatMap(({ seconds, bound, writes, minimum }) => [seconds / bound, writes / minimum]),
  );
  const length = (value: number): number => Math.max(2, (value / most) * (WIDTH - LEFT - 170));
  const rows = results.map((result, at) => {
    const y = 56 + at * ROW;
    const time = result.seconds / result.bound;
    const units = result.writes / result.minimum;
    return `  <g>
    <text x="${LEFT - 12}" y="${y + BAR}" text-anchor="end"${at === 0 ? ' font-weight="600"' : ''}>${escape(result.name)}</text>
    <rect x="${LEFT}" y="${y}" width="${length(time).toFixed(1)}" height="${BAR - 2}" rx="3" fill="${at === 0 ? '#0f6cbd' : '#8a8886'}"/>
    <text x="${(LEFT + length(time) + 8).toFixed(1)}" y="${y + 15}">${times(time)}${undone(result)}</text>
    <rect x="${LEFT}" y="${y + BAR}" width="${length(units).toFixed(1)}" height="${BAR - 2}" rx="3" fill="${at === 0 ? '#62abf5' : '#c8c6c4'}"/>
    <text x="${(LEFT + length(units) + 8).toFixed(1)}" y="${y + BAR + 15}">${times(units)}</text>
  </g>`;
  });
  const height = 56 + results.length * ROW + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#323130">
  <rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
  <text x="16" y="24" font-size="15" font-weight="600">100,000 adds and 5,000 removals in 40 groups, 1 % dead ids</text>
  <text x="16" y="43" fill="#605e5c">upper bar: time, lower bar: write units; each as a multiple of the least that Graph's quota allows</text>
${rows.join('\n')}
</svg>
`;
};
