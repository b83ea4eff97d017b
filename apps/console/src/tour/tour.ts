/** docs/tour.md, which the build puts here. */
declare const TOUR_PAGE: string;

/** Words between commands, or commands. */
interface TourPart {
  readonly kind: 'words' | 'commands';
  readonly text: string;
}

export interface TourStep {
  readonly title: string;
  readonly parts: readonly TourPart[];
}

const partsOf = (text: string): TourPart[] =>
  text
    .split(/^```(?:sh)?$/m)
    .map((part, at): TourPart => ({ kind: at % 2 === 0 ? 'words' : 'commands', text: part.trim() }))
    .filter((part) => part.text !== '');

const [preface = '', ...chapters] = TOUR_PAGE.split(/^## /m);

/** Step by step; the first says what the commands need. */
export const TOUR: readonly TourStep[] = [preface.replace(/^# /, ''), ...chapters].map((chapter) => {
  const [title = '', ...lines] = chapter.split('\n');
  return { title, parts: partsOf(lines.join('\n')) };
});
