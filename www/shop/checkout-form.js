import { countryByCode, METHODS } from "./delivery.js";

const MAX_LENGTH = 120;

export function emptyForm() {
  return { email: "", name: "", street: "", postcode: "", city: "", country: "DE", method: "standard", payment: "invoice" };
}

/**
 * Reads the checkout form. `values` can be shown again as they are; each error names the id of the field
 * that it belongs to and says what to do.
 */
export function checkForm(form, payments) {
  const text = (name) => (form.get(name) ?? "").trim().slice(0, MAX_LENGTH);
  const country = countryByCode(form.get("country")) ?? countryByCode("DE");
  const values = {
    email: text("email"),
    name: text("name"),
    street: text("street"),
    postcode: text("postcode"),
    city: text("city"),
    country: country.code,
    method: METHODS.some(({ id }) => id === form.get("method")) ? form.get("method") : "standard",
    payment: payments.some(({ id }) => id === form.get("payment")) ? form.get("payment") : "",
  };
  const checks = [
    ["email", /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(values.email), "Enter an e-mail address like anna@example.org"],
    ["name", values.name.length >= 2, "Enter the name on your letter box"],
    ["street", values.street.length >= 3, "Enter street and number"],
    ["postcode", country.postcode.test(values.postcode), `Enter a postcode as in ${country.name}, like ${country.example}`],
    ["city", values.city.length >= 2, "Enter the town"],
    ["payment-invoice", values.payment !== "", "Choose how to pay"],
  ];
  const errors = checks.filter(([, fine]) => !fine).map(([field, , message]) => ({ field, message }));
  return { values, errors };
}
