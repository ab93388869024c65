declare module "*.css" {
  const text: string;
  export default text;
}

/** A script with all that it imports, as one text; what it exports becomes the global `exported`. */
declare module "*.ts?text" {
  const text: string;
  export default text;
}
