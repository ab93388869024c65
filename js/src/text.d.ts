declare module "*.css" {
  const text: string;
  export default text;
}

/** A script with all that it imports, as one text: a classic script that leaves its exports in `code`. */
declare module "*.ts?text" {
  const text: string;
  export default text;
}
