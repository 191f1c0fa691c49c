declare module "worker:*" {
  /** A worker's program, bundled. */
  const source: string;
  export default source;
}
declare module "oxigraph/web.js" {
  export * from "oxigraph/web";
  export { default } from "oxigraph/web";
}
