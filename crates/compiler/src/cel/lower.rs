//! From the syntax tree to nodes: resolves names, checks types, folds constants.

use std::ops::Range;

use footlight_core::condition::{MAX_DEPTH, Node, NodeId};
use footlight_core::value::Type;

use super::syntax::{Expression, Kind};
use super::{Constant, Nodes, Scope, Texts, fold, names, parser};
use crate::diagnostic::{At, Diagnostic, conditions};
use crate::document::Excerpt;
use crate::program::Program;

/// Where an expression stands, which decides what it can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A condition.
    Condition,
    /// A placeholder in a template, where `money('49.90')` works too.
    Placeholder,
}

/// What becomes of constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// They are computed by the compiler.
    Folded,
    /// They are left to the evaluator, which must come to the same.
    Evaluated,
}

/// An expression that was checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lowered {
    /// It has no signals, and this value.
    Constant(Constant),
    /// It is a node of this type.
    Node {
        /// Which.
        id: NodeId,
        /// Its type.
        kind: Type,
    },
}

impl Lowered {
    pub(crate) fn kind(&self) -> Option<Type> {
        match self {
            Self::Constant(constant) => constant.kind(),
            Self::Node { kind, .. } => Some(*kind),
        }
    }

    /// The type's name, for messages.
    pub(crate) fn kind_name(&self) -> &'static str {
        self.kind().map_or("list", Type::name)
    }

    /// As a node; `None` for lists that have no node.
    pub(crate) fn into_node(self, nodes: &mut Nodes, texts: &mut Texts) -> Option<NodeId> {
        match self {
            Self::Node { id, .. } => Some(id),
            Self::Constant(constant) => nodes.constant(&constant, texts),
        }
    }
}

/// Reads, checks and lowers an expression; `None` when something was wrong, and reported.
pub(crate) fn lower(source: Excerpt<'_>, place: Place, program: &mut Program) -> Option<Lowered> {
    lower_as(source, place, Folding::Folded, program)
}

/// [`lower`] with a choice of what becomes of constants.
pub(crate) fn lower_as(
    source: Excerpt<'_>,
    place: Place,
    folding: Folding,
    program: &mut Program,
) -> Option<Lowered> {
    let Program { scope, texts, nodes, diagnostics, .. } = program;
    let before = diagnostics.len();
    let expression = parser::parse(source, diagnostics);
    let mut lowering = Lowering {
        source,
        place,
        folding,
        scope,
        texts,
        nodes,
        diagnostics,
        variables: Vec::new(),
        is_too_deep: false,
    };
    let lowered = lowering.lower(&expression);
    let is_too_deep = lowering.is_too_deep;
    if is_too_deep && diagnostics.len() == before {
        diagnostics.push(conditions::too_deep(source.all(), MAX_DEPTH));
    }
    lowered.filter(|_| diagnostics.len() == before)
}

/// A condition as a node; `None` when it is wrong, and reported.
pub(crate) fn condition(source: Excerpt<'_>, program: &mut Program) -> Option<NodeId> {
    let lowered = lower(source, Place::Condition, program)?;
    if lowered.kind() != Some(Type::Bool) {
        program.report(conditions::not_a_condition(source.all(), lowered.kind_name()));
        return None;
    }
    lowered.into_node(&mut program.nodes, &mut program.texts)
}

pub(super) struct Lowering<'s, 'b> {
    pub(super) source: Excerpt<'s>,
    pub(super) place: Place,
    folding: Folding,
    pub(super) scope: &'b Scope,
    pub(super) texts: &'b mut Texts,
    pub(super) nodes: &'b mut Nodes,
    pub(super) diagnostics: &'b mut Vec<Diagnostic>,
    /// What `exists` and `all` bind, the innermost last.
    pub(super) variables: Vec<String>,
    is_too_deep: bool,
}

impl Lowering<'_, '_> {
    pub(super) fn at(&self, span: &Range<usize>) -> At {
        self.source.at(span.clone())
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Option<Lowered> {
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn node(&mut self, node: Node, kind: Type) -> Option<Lowered> {
        match self.nodes.intern(node) {
            Some(id) => Some(Lowered::Node { id, kind }),
            None => {
                self.is_too_deep = true;
                None
            }
        }
    }

    /// The operand as a node.
    pub(super) fn as_node(&mut self, operand: Lowered, span: &Range<usize>) -> Option<NodeId> {
        let kind_name = operand.kind_name();
        let id = operand.into_node(self.nodes, self.texts);
        if id.is_none() {
            let at = self.at(span);
            self.diagnostics.push(conditions::expected_type(at, "this place", "list(string)", kind_name));
        }
        id
    }

    pub(super) fn lower(&mut self, expression: &Expression) -> Option<Lowered> {
        let span = &expression.span;
        match &expression.kind {
            Kind::Broken => None,
            Kind::Bool(value) => self.constant(Constant::Bool(*value)),
            Kind::Int(number) => self.constant(Constant::Int(*number)),
            Kind::Double(number) => self.constant(Constant::Double(*number)),
            Kind::Text(text) => self.constant(Constant::Text(text.clone())),
            Kind::Identifier(_) | Kind::Select { .. } => self.name(expression),
            Kind::Index { of, index } => match names::path(expression) {
                Some(_) => self.name(expression),
                None => self.index(of, index, span),
            },
            Kind::List(elements) => self.list(elements),
            Kind::Not(operand) => self.not(operand),
            Kind::Negate(operand) => self.negate(operand, span),
            Kind::And(operands) => self.joined(operands, false),
            Kind::Or(operands) => self.joined(operands, true),
            Kind::Binary { operator, operator_span, left, right } => {
                self.binary(*operator, operator_span, left, right)
            }
            Kind::Conditional { test, then, otherwise } => self.conditional(test, then, otherwise),
            Kind::Call { name, arguments } => self.call(name, arguments, span),
            Kind::Method { of, name, arguments } => self.method(of, name, arguments, span),
        }
    }

    pub(super) fn constant(&mut self, constant: Constant) -> Option<Lowered> {
        match (self.folding, constant.kind()) {
            (Folding::Evaluated, Some(kind)) => {
                let id = self.nodes.constant(&constant, self.texts)?;
                Some(Lowered::Node { id, kind })
            }
            _ => Some(Lowered::Constant(constant)),
        }
    }

    /// An operand that must be true or false.
    pub(super) fn condition(&mut self, expression: &Expression) -> Option<Lowered> {
        let lowered = self.lower(expression)?;
        if lowered.kind() == Some(Type::Bool) {
            return Some(lowered);
        }
        let diagnostic = conditions::not_a_condition(self.at(&expression.span), lowered.kind_name());
        self.report(diagnostic)
    }

    /// A list of constants. All elements are looked at, so that all mistakes are reported.
    fn list(&mut self, elements: &[Expression]) -> Option<Lowered> {
        let mut constants = Vec::with_capacity(elements.len());
        let mut is_sound = true;
        let folding = std::mem::replace(&mut self.folding, Folding::Folded);
        for element in elements {
            match self.lower(element) {
                Some(Lowered::Constant(constant)) => constants.push(constant),
                Some(Lowered::Node { .. }) => {
                    let at = self.at(&element.span);
                    self.diagnostics.push(conditions::outside_subset(
                        at,
                        "lists with signals inside",
                        "compare the signals one by one: `a == b || a == c`",
                    ));
                    is_sound = false;
                }
                None => is_sound = false,
            }
        }
        self.folding = folding;
        is_sound.then_some(Lowered::Constant(Constant::List(constants)))
    }

    /// `[…][0]` of constants.
    fn index(&mut self, of: &Expression, index: &Expression, span: &Range<usize>) -> Option<Lowered> {
        let (of_lowered, index_lowered) = (self.lower(of), self.lower(index));
        match (of_lowered?, index_lowered?) {
            (Lowered::Constant(Constant::List(elements)), Lowered::Constant(Constant::Int(number))) => {
                let element = usize::try_from(number).ok().and_then(|number| elements.get(number));
                match element {
                    Some(element) => Some(Lowered::Constant(element.clone())),
                    None => {
                        let diagnostic = conditions::bad_index(self.at(&index.span));
                        self.report(diagnostic)
                    }
                }
            }
            _ => {
                let diagnostic = conditions::outside_subset(
                    self.at(span),
                    "indices into lists",
                    "ask for an element with `in` or `exists`",
                );
                self.report(diagnostic)
            }
        }
    }

    fn not(&mut self, operand: &Expression) -> Option<Lowered> {
        match self.condition(operand)? {
            Lowered::Constant(Constant::Bool(value)) => Some(Lowered::Constant(Constant::Bool(!value))),
            Lowered::Node { id, .. } => match self.nodes.get(id) {
                Some(Node::Not(inner)) => Some(Lowered::Node { id: *inner, kind: Type::Bool }),
                _ => self.node(Node::Not(id), Type::Bool),
            },
            Lowered::Constant(_) => None,
        }
    }

    fn negate(&mut self, operand: &Expression, span: &Range<usize>) -> Option<Lowered> {
        let lowered = self.lower(operand)?;
        match lowered {
            Lowered::Constant(constant @ (Constant::Int(_) | Constant::Double(_))) => {
                match fold::negate(&constant) {
                    Some(folded) => Some(Lowered::Constant(folded)),
                    None => {
                        let diagnostic = conditions::overflow(self.at(span));
                        self.report(diagnostic)
                    }
                }
            }
            Lowered::Node { id, kind: kind @ (Type::Int | Type::Double) } => {
                self.node(Node::Negate(id), kind)
            }
            other => {
                let diagnostic =
                    conditions::expected_type(self.at(&operand.span), "`-`", "a number", other.kind_name());
                self.report(diagnostic)
            }
        }
    }

    /// `&&` and `||`: constants decide or vanish, nested ones of the same kind become one.
    fn joined(&mut self, operands: &[Expression], is_or: bool) -> Option<Lowered> {
        let mut ids: Vec<NodeId> = Vec::with_capacity(operands.len());
        let mut seen = std::collections::HashSet::new();
        let mut is_sound = true;
        let mut is_decided = false;
        for operand in operands {
            match self.condition(operand) {
                Some(Lowered::Constant(Constant::Bool(value))) => is_decided |= value == is_or,
                Some(Lowered::Node { id, .. }) => {
                    let inner = match self.nodes.get(id) {
                        Some(Node::And(inner)) if !is_or => inner.clone(),
                        Some(Node::Or(inner)) if is_or => inner.clone(),
                        _ => vec![id],
                    };
                    ids.extend(inner.into_iter().filter(|id| seen.insert(*id)));
                }
                _ => is_sound = false,
            }
        }
        if !is_sound {
            return None;
        }
        match ids.as_slice() {
            _ if is_decided => Some(Lowered::Constant(Constant::Bool(is_or))),
            [] => Some(Lowered::Constant(Constant::Bool(!is_or))),
            [only] => Some(Lowered::Node { id: *only, kind: Type::Bool }),
            _ => self.node(if is_or { Node::Or(ids) } else { Node::And(ids) }, Type::Bool),
        }
    }

    fn conditional(
        &mut self,
        test: &Expression,
        then: &Expression,
        otherwise: &Expression,
    ) -> Option<Lowered> {
        let test = self.condition(test);
        let (then_lowered, otherwise_lowered) = (self.lower(then), self.lower(otherwise));
        let (test, then_lowered, otherwise_lowered) = (test?, then_lowered?, otherwise_lowered?);
        if then_lowered.kind() != otherwise_lowered.kind() {
            let at = self.at(&(then.span.start..otherwise.span.end));
            let left = (self.at(&then.span), then_lowered.kind_name());
            let right = (self.at(&otherwise.span), otherwise_lowered.kind_name());
            let diagnostic = conditions::operands(at, "? :", left, right);
            return self.report(diagnostic);
        }
        let kind = then_lowered.kind()?;
        let test = match test {
            Lowered::Constant(Constant::Bool(true)) => return Some(then_lowered),
            Lowered::Constant(_) => return Some(otherwise_lowered),
            Lowered::Node { id, .. } => id,
        };
        let then = self.as_node(then_lowered, &then.span)?;
        let otherwise = self.as_node(otherwise_lowered, &otherwise.span)?;
        self.node(Node::If { test, then, otherwise }, kind)
    }
}
