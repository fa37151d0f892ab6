/** Something the operator can put right: its message is what is printed. */
export class MaintenanceFailure extends Error {}
