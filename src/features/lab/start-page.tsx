import { Check, FlaskConical, FolderOpen } from 'lucide-react';
import { LESSONS } from '@/lab/lessons/titles';
import { SCENARIOS } from '@/lab/run/scenarios';
import { routeHref } from '@/state/navigation/route';
import { forgetProgress, useLabProgress } from '@/state/settings/lab-progress';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { toast } from '@/ui/overlay/toast-store';
import { scenarioQuery } from './free/start';
import { useOpenRun } from './shared/use-run-files';

/** Lessons and free play. `unknown`: the part that an address named and that is not there. */
export function StartPage({ unknown }: { unknown?: string }) {
  const { done, last } = useLabProgress();
  const openRun = useOpenRun();
  const at = Math.max(
    0,
    LESSONS.findIndex(({ id }) => id === last),
  );
  // The one that was open, or the next one that is not done.
  const next = [...LESSONS.slice(at), ...LESSONS.slice(0, at)].find(({ id }) => !done.includes(id));
  return (
    <div className="lab h-full min-h-0 overflow-auto bg-canvas">
      <div className="mx-auto grid max-w-240 gap-6 px-6 pt-6 pb-8 max-desk:px-4">
        <div>
          <h1 className="text-24 font-semibold">Learn how queues work</h1>
          <p className="mt-1 max-w-160 text-text-2">
            Each lesson runs on a real queue service inside this tab. You act, you predict, and the run tells you.
            Nothing here can reach an account.
          </p>
        </div>
        {unknown !== undefined && (
          <p role="status" className="rounded-8 border border-info-line bg-info-tint px-3 py-2">
            There is no lesson “{unknown.slice(0, 60)}”. Choose one of these.
          </p>
        )}
        {next && (
          <a
            className="flex items-center gap-3 rounded-8 border border-line-strong bg-surface px-4 py-3 shadow-1 hover:bg-hover"
            href={routeHref({ screen: 'lab', part: next.id })}
          >
            <FlaskConical size={20} aria-hidden="true" className="flex-none text-accent" />
            <span className="min-w-0 flex-1">
              <b className="block font-semibold">
                {last === undefined ? 'Begin' : 'Continue'}: {next.title}
              </b>
              <span className="text-12 text-text-2">{next.story}</span>
            </span>
          </a>
        )}
        <section aria-labelledby="lab-lessons" className="grid gap-2.5">
          <div className="flex min-h-9 items-center gap-3">
            <h2 id="lab-lessons" className="text-15 font-semibold">
              Lessons
            </h2>
            {done.length > 0 && (
              <>
                <span className="text-12 text-text-3">
                  {LESSONS.filter(({ id }) => done.includes(id)).length} of {LESSONS.length} done, kept in this browser
                </span>
                <Button variant="ghost" size="sm" onClick={forget}>
                  Reset progress
                </Button>
              </>
            )}
          </div>
          <ol className="grid grid-cols-2 gap-2.5 max-desk:grid-cols-1">
            {LESSONS.map(({ id, title, concept, remember }, index) => (
              <li key={id}>
                <a
                  className="flex h-full gap-3 rounded-8 border border-line-strong bg-surface px-4 py-3 shadow-1 hover:bg-hover"
                  href={routeHref({ screen: 'lab', part: id })}
                >
                  <span className="grid size-6 flex-none place-items-center rounded-full bg-active text-12 font-semibold text-text-2">
                    {done.includes(id) ? <Check size={14} aria-label="Done" className="text-accent" /> : index + 1}
                  </span>
                  <span className="grid min-w-0 content-start gap-0.5">
                    <b className="font-semibold">{title}</b>
                    <span className="text-12 text-text-3">{concept}</span>
                    {done.includes(id) && <span className="text-12 text-text-2">{remember}</span>}
                  </span>
                </a>
              </li>
            ))}
          </ol>
        </section>
        <section aria-labelledby="lab-free" className="grid gap-2.5">
          <div className="flex min-h-9 items-center gap-3">
            <h2 id="lab-free" className="text-15 font-semibold">
              Free play
            </h2>
            <Button variant="ghost" size="sm" icon={<FolderOpen />} kbd="O" onClick={openRun}>
              Open a run
            </Button>
            <span className="text-12 text-text-3 max-desk:hidden">that was saved as a file</span>
          </div>
          <ul className="grid grid-cols-2 gap-2.5 max-desk:grid-cols-1">
            {FREE.map(({ title, query, text }) => (
              <li key={title}>
                <a
                  className="grid h-full content-start gap-0.5 rounded-8 border border-line-strong bg-surface px-4 py-3 shadow-1 hover:bg-hover"
                  href={routeHref({ screen: 'lab', part: 'free', query })}
                >
                  <b className="flex items-center gap-2 font-semibold">
                    {title} <Badge>Runs in the sandbox</Badge>
                  </b>
                  <span className="text-12 text-text-2">{text}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

/** Forgets which lessons were done, for as long as nobody takes it back. */
function forget() {
  const undo = forgetProgress();
  toast({ title: 'Progress of the lessons forgotten', action: { label: 'Undo', onClick: undo } });
}

const FREE = SCENARIOS.map((scenario) => ({
  title: scenario.title,
  query: new URLSearchParams(scenarioQuery(scenario)).toString() || undefined,
  text: scenario.text,
}));
