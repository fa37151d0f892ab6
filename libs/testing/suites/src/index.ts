/** One suite per folder, exported here as `describeXxx(service)`. */
export {};
