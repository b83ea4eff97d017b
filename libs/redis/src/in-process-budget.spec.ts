import { budgetContract } from './budget.contract.js';
import { InProcessBudget } from './in-process-budget.js';

budgetContract((limits) => {
  let now = 0;
  return {
    budget: new InProcessBudget(
      () => limits,
      () => now,
    ),
    elapse: (ms) => void (now += ms),
  };
});
