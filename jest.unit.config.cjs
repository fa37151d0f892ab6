module.exports = require('./jest.workspace.cjs').configFor('unit');
