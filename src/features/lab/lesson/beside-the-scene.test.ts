import { expect, test } from 'vitest';
import { createEngine } from '@/lab/engine/engine';
import { createFilm } from '@/lab/film/film';
import { followLesson, type Lesson, noProgress, runOfLesson } from '@/lab/lessons/lesson';
import { loadLesson } from '@/lab/lessons/load';
import type { Input } from '@/lab/run/run';
import { programLines } from '@/samples/loops/programs';
import { workerMark } from '../program/program-mark';
import { wireLine } from '../text/event-text';
import { answerText } from './answer-lines';
import { resultLine } from './result-line';
import { shownRequests } from './shown-requests';

/** A lesson played with these acts: what is there at a moment. */
async function played(id: string, acts: readonly Input[], until = 120_000) {
  const lesson = (await loadLesson(id)) as Lesson;
  const run = runOfLesson(lesson);
  const engine = await createEngine({ ...run, inputs: [...run.inputs, ...acts] }, { watch: true });
  const film = createFilm();
  film.add(await engine.advance(until), until);
  return {
    lesson,
    run,
    progress: followLesson(lesson, noProgress, film.between(0, until)),
    at: (now: number) => ({ events: film.between(0, now), world: structuredClone(film.at(now)), call: undefined }),
  };
}
const CRASH: readonly Input[] = [
  { at: 1000, act: 'send' },
  { at: 6000, act: 'crash', worker: 0 },
];

test('a worker that crashed has sent a receive, and not its delete; its program died at the work', async () => {
  const { at } = await played('crash-and-redelivery', CRASH);
  const moment = at(8000);
  const shown = shownRequests({ ...moment, subject: 'worker 2' });
  expect(shown.title).toBe('What worker 2 sent');
  expect(shown.served.map(({ request }) => request.op)).toEqual(['receive']);
  expect(shown.unsent).toMatchObject({ op: 'delete', queue: 'orders' });
  expect(shown.unsent && wireLine(shown.unsent).method).toBe('DELETE');
  expect(workerMark('worker 2', moment.world, moment.events)).toEqual({
    stage: 'work',
    how: 'died',
    note: 'died here, 0:06.0',
    never: ['extend', 'note', 'delete'],
  });
  const answer = answerText(shown.got as NonNullable<typeof shown.got>);
  expect(answer.status).toBe('200 OK');
  expect(answer.lines.filter(({ isMarked }) => isMarked)).toEqual([
    { name: 'TimeNextVisible', value: '0:31.0', isMarked: true },
    { name: 'DequeueCount', value: '1', isMarked: true },
  ]);
  // Once its lease is over, nobody waits for that delete any more.
  const later = shownRequests({ ...at(33_000), subject: 'worker 2' });
  expect(later.unsent).toBeUndefined();
});

test('what proved a step is what the lab asked at that time, with the count beside the peek', async () => {
  const { at, progress } = await played('crash-and-redelivery', CRASH);
  const tick = progress.ticks[3];
  const shown = shownRequests({ ...at(tick?.at ?? 0), call: tick?.proof, subject: 'worker 2' });
  expect(shown.title).toBe('What the lab asked');
  expect(shown.served.map(({ request, at: when }) => [request.op, request.queue, when])).toEqual([
    ['peek', 'orders', tick?.at],
    ['count', 'orders', tick?.at],
  ]);
  expect(shown.gotTitle).toBe('What the peek gave');
});

test('receives that found nothing are shown only where there is nothing else', async () => {
  const { at } = await played('crash-and-redelivery', CRASH);
  const idle = shownRequests({ ...at(900), subject: undefined });
  expect(idle.served).toHaveLength(1);
  const quiet = shownRequests({ ...at(0), subject: undefined });
  expect(quiet).toMatchObject({ title: 'What was sent', served: [], got: undefined });
});

test('an answer is told as it came: a refusal by its code, an update by its headers, a count by its own', async () => {
  const { at } = await played('extend-the-lease', [
    { at: 1000, act: 'receive' },
    { at: 2000, act: 'extend' },
    { at: 3000, act: 'deleteOld' },
    { at: 4000, act: 'count' },
    { at: 5000, act: 'peek' },
    { at: 6000, act: 'delete' },
  ]);
  const told = (now: number) => {
    const { got } = shownRequests({ ...at(now), subject: 'you' });
    return got && answerText(got);
  };
  expect(told(2500)?.lines.map(({ name }) => name)).toEqual(['x-ms-popreceipt', 'x-ms-time-next-visible']);
  expect(told(3500)).toEqual({
    status: '404 Not Found',
    lines: [{ name: 'Code', value: 'MessageNotFound', isMarked: true }],
  });
  expect(told(4500)?.lines).toMatchObject([{ name: 'x-ms-approximate-messages-count', value: '1' }]);
  expect(told(5500)?.lines).toMatchObject([{ name: 'QueueMessagesList', value: '' }]);
  expect(told(6500)).toEqual({ status: '204 No Content', lines: [] });
});

test('the line of a worker follows what it does, and a slip between copy and delete is at the delete', async () => {
  const { at, lesson } = await played(
    'poison',
    [
      { at: 1000, act: 'send' },
      { at: 2000, act: 'set', name: 'tries', value: 1 },
      { at: 3000, act: 'slip' },
    ],
    60_000,
  );
  const { events } = at(60_000);
  const marks = new Map<string, string>();
  for (const { at: when } of events) {
    const mark = workerMark('worker 1', at(when).world, at(when).events);
    if (mark) marks.set(`${mark.stage} ${mark.how}`, mark.note);
  }
  expect([...marks.keys()].toSorted()).toEqual([
    'copy now',
    'moved died',
    'moved now',
    'receive now',
    'wait now',
    'work now',
  ]);
  const lines = programLines('python', lesson.program, { vis: 10, tries: 1 });
  for (const key of marks.keys()) expect(lines.some(({ stage }) => stage === key.split(' ')[0])).toBe(true);
});

test('a result is one line: lesson, seed, steps, and predictions that the run agreed with', async () => {
  const { lesson, run, progress } = await played('crash-and-redelivery', CRASH);
  const scene = { progress, run, answers: { 3: 2 } };
  expect(resultLine(lesson, 'Crash and redelivery', scene)).toBe(
    'Queuescope lab: Crash and redelivery, seed 42, 5 of 5 steps, 1 of 1 prediction right',
  );
  expect(resultLine(lesson, 'Crash and redelivery', { ...scene, answers: { 3: 0 } })).toContain('0 of 1 prediction');
  expect(resultLine(lesson, 'Crash and redelivery', { ...scene, answers: { 3: -1 } })).toContain('0 of 1 prediction');
});
