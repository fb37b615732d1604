// PostGraphile asks for Node 22; of what Node 20 lacks it needs only this.
Promise.withResolvers ??= function () {
  const made = {};
  made.promise = new this((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};
