/** The programs that process tests run, built from the sources under test, and the handler's zip with them. */
module.exports = async () => {
  const { build } = await import("../../build.mjs");
  build();
};
