import type { FilterProblem } from '@/search/filter';

type FilterProblemsProps = { id: string; text: string; problems: readonly FilterProblem[] };

/** The parts of the filter that cannot be read, each marked in the text with what is expected there. */
export function FilterProblems({ id, text, problems }: FilterProblemsProps) {
  return (
    <span
      id={id}
      role="status"
      className="absolute top-full left-0 z-20 mt-1 grid w-max max-w-[min(440px,calc(100vw-24px))] gap-1.5 rounded-8 bg-raised px-3 py-2 text-12 shadow-2 short:static short:w-auto short:shadow-none"
    >
      {problems.map(({ at, end, message }) => (
        <span key={`${at} ${message}`} className="grid gap-0.5">
          <code className="truncate font-mono text-text-2" aria-hidden="true">
            {text.slice(Math.max(0, at - 20), at)}
            <mark className="bg-transparent text-danger underline decoration-danger-solid decoration-wavy underline-offset-2">
              {text.slice(at, end)}
            </mark>
            {text.slice(end, end + 20)}
          </code>
          <span>
            {message}.<span className="text-text-3"> At character {at + 1}; the rest filters.</span>
          </span>
        </span>
      ))}
    </span>
  );
}
