import { type Run, readRun } from '@/lab/run/run';
import { runOfScenario, SCENARIOS, type Scenario, USUAL_SCENARIO } from '@/lab/run/scenarios';

export type Start = { scenario: Scenario; run: Run; problems: readonly string[]; at?: number | undefined };

/**
 * What an address of free play starts: its scenario, with settings, seed and acts of its own. Acts in the address take the place
 * of those of the scenario. What it cannot take is told in `problems`. Never throws.
 */
export function startOf(query: string): Start {
  const parameters = new URLSearchParams(query);
  const id = parameters.get('scenario');
  parameters.delete('scenario');
  const named = SCENARIOS.find((one) => one.id === id);
  const scenario = named ?? USUAL_SCENARIO;
  const { run, problems, at } = readRun(parameters, scenario.params);
  if (id !== null && !named) problems.unshift(`There is no scenario “${id.slice(0, 40)}”: ${scenario.title} is taken.`);
  return {
    scenario,
    run: parameters.has('in') ? run : { ...run, inputs: runOfScenario(scenario).inputs },
    problems,
    at,
  };
}

/** Parameters of the address that name the scenario; none for the usual one. */
export const scenarioQuery = ({ id }: Scenario): Record<string, string> =>
  id === USUAL_SCENARIO.id ? {} : { scenario: id };
