export { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.js';
export { TEN_STEP } from './world/ten-step-world.js';
export { TENANT_ID } from './world/world.js';
export type { FaultInput } from './faults/fault.js';
export type { JournalEntry } from './journal/journal.js';
export type { WorldInput } from './world/world-spec.js';
export type { GraphSwitches } from './graph/graph-switches.js';
export type { AdminServiceSwitches } from './adminservice/adminservice-switches.js';
