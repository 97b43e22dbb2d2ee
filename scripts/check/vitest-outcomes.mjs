import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from '../../server/command.mjs';

/**
 * Writes how a run of Vitest ended, in the form of `TestsOutcome`, where `QUEUESCOPE_OUTCOMES` says: its own JSON report
 * does not tell which tests passed only on a second try.
 */
export default class Outcomes {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const file = process.env['QUEUESCOPE_OUTCOMES'];
    if (file === undefined) return;
    /** @type {import('./tests-outcome.mjs').TestsOutcome} */
    const outcome = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
    for (const module of modules) {
      const path = relative(ROOT, module.moduleId);
      for (const error of module.errors()) outcome.failures.push({ name: path, why: error.message });
      for (const test of module.children.allTests()) {
        const name = `${path} › ${test.fullName}`;
        const { state, errors } = test.result();
        if (state === 'passed') outcome.passed++;
        else if (state === 'failed') outcome.failed++;
        else outcome.skipped++;
        if (state === 'failed') outcome.failures.push({ name, why: errors[0]?.message ?? '' });
        if (test.diagnostic()?.flaky) outcome.secondTries.push({ name, why: errors?.[0]?.message ?? '' });
      }
    }
    writeFileSync(file, JSON.stringify(outcome));
  }
}
