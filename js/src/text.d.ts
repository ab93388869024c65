declare module "*.css" {
  const text: string;
  export default text;
}

/** A script with all that it imports, as one text. */
declare module "*.ts?text" {
  const text: string;
  export default text;
}
