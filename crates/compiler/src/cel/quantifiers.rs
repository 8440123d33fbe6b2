//! The macros `exists` and `all` over lists of texts.

use footlight_core::condition::{Node, Quantifier};
use footlight_core::value::Type;

use super::Constant;
use super::lower::{Lowered, Lowering};
use super::syntax::{Expression, Kind, Name};
use crate::diagnostic::conditions;

impl Lowering<'_, '_> {
    pub(super) fn quantifier(
        &mut self,
        quantifier: Quantifier,
        list: &Expression,
        name: &Name,
        arguments: &[Expression],
    ) -> Option<Lowered> {
        let [variable, body] = arguments else {
            let form = format!("list.{}(element, condition on element)", name.text);
            let diagnostic = conditions::arguments(self.at(&name.span), &name.text, &form);
            return self.report(diagnostic);
        };
        let Kind::Identifier(variable_name) = &variable.kind else {
            let diagnostic = conditions::expected_type(
                self.at(&variable.span),
                &format!("the first place of `{}`", name.text),
                "a name for the element",
                "an expression",
            );
            return self.report(diagnostic);
        };
        let list_lowered = self.lower(list);
        self.variables.push(variable_name.clone());
        let body_lowered = self.condition(body);
        self.variables.pop();
        let (list_lowered, body_lowered) = (list_lowered?, body_lowered?);
        if list_lowered.kind() != Some(Type::TextList) {
            let diagnostic = conditions::expected_type(
                self.at(&list.span),
                &format!("`{}`", name.text),
                "a list of texts",
                list_lowered.kind_name(),
            );
            return self.report(diagnostic);
        }
        if let Lowered::Constant(Constant::List(elements)) = &list_lowered
            && elements.is_empty()
        {
            return Some(Lowered::Constant(Constant::Bool(quantifier == Quantifier::All)));
        }
        let list = self.as_node(list_lowered, &list.span)?;
        let body = self.as_node(body_lowered, &body.span)?;
        self.node(Node::Quantifier { quantifier, list, body }, Type::Bool)
    }
}
