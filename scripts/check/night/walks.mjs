// The night in several ways: an operator with a full poison queue mends and redrives one kind, deletes another, exports the rest.
import { setTimeout as pause } from 'node:timers/promises';
import { sumOf } from './requests.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./operator.mjs').operatorAt>>} Operator */
/** @typedef {import('./stage.mjs').Stage} Stage */
/** @typedef {import('./desk.mjs').Desk} Desk */
/** @typedef {import('./requests.mjs').Counts} Counts */
/** @typedef {{ name: string, counts: Counts, forecast: number | undefined, minutes: number }} Step */
/**
 * @typedef {object} Walked
 * @property {Step[]} steps
 * @property {string[]} exported
 * @property {number} browses by how many each dequeue count has risen
 * @property {number} [twice] messages that the page says may be there twice
 * @property {string[]} [said] what strips said
 */
/**
 * @typedef {object} Walk
 * @property {string} title
 * @property {(messages: number) => number} most requests at most, without polls and preflights
 * @property {number} mostActions
 * @property {(desk: Desk, stage: Stage) => Promise<Walked>} walk
 */

const MINUTE = 60_000;
/** Ms after which every lease of a page that is gone is over. */
const LEASES_OVER = 70 * MINUTE;
/** Ms without a request that is not a poll, after which a step is over. */
const QUIET = 1500;

/** Measures steps one after another. @param {Stage} stage */
function measured({ requests }) {
  /** @type {Step[]} */
  const steps = [];
  return {
    steps,
    /** @param {string} name @param {() => Promise<number | undefined>} work gives the requests that were forecast */
    async step(name, work) {
      const before = requests.now();
      const began = performance.now();
      const forecast = await work();
      const minutes = (performance.now() - began) / MINUTE;
      for (let last = -1; last !== sumOf(requests.now()); ) {
        last = sumOf(requests.now());
        await pause(QUIET);
      }
      steps.push({ name, counts: requests.since(before), forecast, minutes });
    },
  };
}

const REDRIVEN = /^Redriven [\d,]+ (of [\d,]+ )?messages/;
const CHANGED = /^Changed text of [\d,]+ messages/;
const DELETED = /^Deleted [\d,]+ (of [\d,]+ )?messages/;

/** @param {Operator} operator */
const browse =
  (operator, keep = true) =>
  async () =>
    (await operator.browse({ keep })).forecast;

/** The open dialog: its forecast, its beginning, its end. @param {Operator} operator @param {RegExp} label @param {RegExp} said */
async function job(operator, label, said) {
  const forecast = await operator.forecast();
  await operator.begin(label);
  await operator.finished(said);
  return forecast;
}

/** @param {Operator} operator @param {() => Promise<void>} open */
const mendAndRedrive = (operator, open) => async () => {
  await open();
  await operator.fillChange();
  return job(operator, /^Redrive [\d,]+ messages/, REDRIVEN);
};

/** @param {Operator} operator @param {() => Promise<void>} open */
const remove = (operator, open) => async () => {
  await open();
  return job(operator, /^Delete [\d,]+ messages/, DELETED);
};

/** @param {Operator} operator @param {() => Promise<void>} open @param {string[]} exported */
const exportRest = (operator, open, exported) => async () => {
  await open();
  exported.push(...(await operator.downloaded(() => operator.begin(/^Export [\d,]+ messages/))));
  return 0;
};

/** Fewest requests: a receive of 32, one to send and one to delete each that is mended, one each to delete or to return. */
const fewest = (/** @type {number} */ messages) =>
  Math.ceil(messages / 32) + 2 * Math.round(0.32 * messages) + Math.round(0.68 * messages);

/** Clicks, keys and filled fields of a night in which nothing is cut off. */
const MOST_ACTIONS = 25;

/** @type {Record<'browsed' | 'lookFirst' | 'changedBetween' | 'cutTwice', Walk>} */
export const WALKS = {
  browsed: {
    title: 'Work on what was browsed: the leases are kept, one job changes and redrives',
    most: (messages) => Math.ceil(fewest(messages) * 1.11),
    mostActions: MOST_ACTIONS,
    async walk({ operator }, stage) {
      const { steps, ...measure } = measured(stage);
      /** @type {string[]} */
      const exported = [];
      await measure.step('Browse, leases kept', browse(operator));
      await operator.addColumn();
      await measure.step(
        'Change and redrive',
        mendAndRedrive(operator, () => operator.withValue('mend', /^Work in steps/)),
      );
      await measure.step(
        'Delete',
        remove(operator, () => operator.withValue('delete', /^Delete/)),
      );
      await measure.step(
        'Export',
        exportRest(operator, () => operator.withValue('export', /^Export/), exported),
      );
      await measure.step('Return the rest', () => operator.releaseKept());
      return { steps, exported, browses: 1 };
    },
  },
  lookFirst: {
    title: 'Look first: browse and return all, then browse again and work on it',
    most: (messages) => Math.ceil((fewest(messages) + Math.ceil(messages / 32) + messages) * 1.1),
    mostActions: MOST_ACTIONS,
    async walk({ operator }, stage) {
      const { steps, ...measure } = measured(stage);
      /** @type {string[]} */
      const exported = [];
      await measure.step('Browse, all returned', browse(operator, false));
      await operator.filter('mend');
      await measure.step('Browse again, leases kept', async () => (await operator.browseAgain()).forecast);
      await measure.step(
        'Change and redrive',
        mendAndRedrive(operator, () => operator.withFiltered('mend', /^Work in steps/)),
      );
      await measure.step(
        'Delete',
        remove(operator, () => operator.withFiltered('delete', /^Delete/)),
      );
      await measure.step(
        'Export',
        exportRest(operator, () => operator.withFiltered('export', /^Export/), exported),
      );
      await measure.step('Return the rest', () => operator.releaseKept());
      return { steps, exported, browses: 2 };
    },
  },
  changedBetween: {
    title: 'The text of leased messages is changed by one job, and another redrives them',
    most: (messages) => Math.ceil((fewest(messages) + Math.round(0.32 * messages)) * 1.1),
    mostActions: MOST_ACTIONS,
    async walk({ operator }, stage) {
      const { steps, ...measure } = measured(stage);
      /** @type {string[]} */
      const exported = [];
      await measure.step('Browse, leases kept', browse(operator));
      await measure.step('Change text', async () => {
        await operator.withFiltered('mend', /^Change text/);
        await operator.fillChange();
        return job(operator, /^Change [\d,]+ messages/, CHANGED);
      });
      await measure.step('Redrive', async () => {
        await operator.withSelected(/^Redrive/);
        return job(operator, /^Redrive [\d,]+ messages/, REDRIVEN);
      });
      await measure.step(
        'Delete',
        remove(operator, () => operator.withFiltered('delete', /^Delete/)),
      );
      await measure.step(
        'Export',
        exportRest(operator, () => operator.withFiltered('export', /^Export/), exported),
      );
      await measure.step('Return the rest', () => operator.releaseKept());
      return { steps, exported, browses: 1 };
    },
  },
  cutTwice: {
    title: 'The browser is killed in the middle of the redrive, and once more in the middle of the delete',
    // What the journal costs in requests is printed, and held to nothing.
    most: () => Infinity,
    mostActions: Infinity,
    async walk(desk, stage) {
      const { steps, ...measure } = measured(stage);
      /** @type {string[]} */
      const exported = [];
      /** @type {string[]} */
      const said = [];
      let twice = 0;

      /** Cuts the open dialog's work off after so many requests of a kind, and goes on with it. */
      const cutAndGoOn = async (
        /** @type {string} */ name,
        /** @type {{ label: RegExp, kind: 'put' | 'delete', after: number, job: RegExp, done: RegExp, asksAgain?: boolean }} */ how,
      ) => {
        const before = stage.requests.now();
        await desk.operator.begin(how.label);
        while (stage.requests.since(before)[how.kind] < how.after) await pause(5);
        await desk.killAndComeBack();
        const strip = await desk.operator.interrupted(how.job);
        said.push(strip.said);
        twice += strip.twice;
        await measure.step(`Go on with the ${name}`, async () => {
          await desk.operator.goOn(how.job);
          // The journal holds no texts, nor what is made of them: the change is asked for again.
          if (how.asksAgain) {
            await desk.operator.fillChange();
            await desk.operator.begin(how.label);
          }
          await desk.operator.finished(how.done);
          return undefined;
        });
        twice = Math.max(twice, await desk.operator.maybeTwice());
        // What the killed page had leased besides shows again when its leases are over.
        await stage.later(LEASES_OVER);
        await desk.killAndComeBack();
      };

      await measure.step('Browse, leases kept', browse(desk.operator));
      await desk.operator.withFiltered('mend', /^Work in steps/);
      await desk.operator.fillChange();
      await cutAndGoOn('redrive', {
        label: /^Redrive [\d,]+ messages/,
        kind: 'put',
        after: stage.numbers.mend / 3,
        job: /^Interrupted job: redrive/,
        done: REDRIVEN,
        asksAgain: true,
      });
      await measure.step('Browse again', browse(desk.operator));
      await desk.operator.withFiltered('delete', /^Delete/);
      await cutAndGoOn('delete', {
        label: /^Delete [\d,]+ messages/,
        kind: 'delete',
        after: stage.numbers.delete / 3,
        job: /^Interrupted job: delete/,
        done: DELETED,
      });
      await measure.step('Browse once more', browse(desk.operator));
      const { operator } = desk;
      await measure.step(
        'Export',
        exportRest(operator, () => operator.withFiltered('export', /^Export/), exported),
      );
      await measure.step('Return the rest', () => operator.releaseKept());
      return { steps, exported, browses: 3, twice, said };
    },
  },
};
