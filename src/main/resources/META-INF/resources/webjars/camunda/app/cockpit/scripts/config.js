export default {
  app: {name: 'Cockpit', vendor: 'Coursera Casework'},
  customScripts: ['../../../webapps.js', 'scripts/figures.js']
};
