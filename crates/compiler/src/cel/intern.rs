//! Interning: each distinct text and each distinct expression is stored once.

use std::collections::HashMap;

use footlight_core::condition::{Literal, MAX_DEPTH, Node, NodeId, Set};
use footlight_core::texts::{self, TextId};
use footlight_core::value::Type;

use super::Constant;

/// The texts of a bundle.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    table: texts::Texts,
    known: HashMap<String, TextId>,
}

impl Texts {
    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        if let Some(id) = self.known.get(text) {
            return *id;
        }
        let id = self.table.push(text);
        self.known.insert(text.to_owned(), id);
        id
    }

    pub(crate) fn get(&self, id: TextId) -> &str {
        self.table.get(id)
    }

    pub(crate) fn table(&self) -> &texts::Texts {
        &self.table
    }

    pub(crate) fn into_table(self) -> texts::Texts {
        self.table
    }
}

/// The expressions of a bundle.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
    /// How deep each nests; a leaf has 1.
    depths: Vec<usize>,
    /// By their bytes, in which doubles compare exactly.
    known: HashMap<Vec<u8>, NodeId>,
}

impl Nodes {
    /// The node's number; `None` when it would nest deeper than the evaluator goes.
    pub(crate) fn intern(&mut self, node: Node) -> Option<NodeId> {
        let key = postcard::to_allocvec(&node).ok()?;
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        let mut deepest = 0;
        node.operands(|operand| deepest = deepest.max(self.depth(operand)));
        // One level is kept free for the conjunction that a segment's evidence and condition become.
        if deepest + 1 >= MAX_DEPTH {
            return None;
        }
        Some(self.push(node, deepest + 1, key))
    }

    /// The conjunction of conditions, flattened; `None` when there are none.
    pub(crate) fn all_of(&mut self, conditions: impl IntoIterator<Item = NodeId>) -> Option<NodeId> {
        let mut operands = Vec::new();
        for condition in conditions {
            match self.get(condition) {
                Some(Node::And(inner)) => operands.extend(inner.iter().copied()),
                _ => operands.push(condition),
            }
        }
        let mut seen = std::collections::HashSet::new();
        operands.retain(|operand| seen.insert(*operand));
        if operands.len() < 2 {
            return operands.first().copied();
        }
        let node = Node::And(operands);
        let key = postcard::to_allocvec(&node).ok()?;
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        let mut deepest = 0;
        node.operands(|operand| deepest = deepest.max(self.depth(operand)));
        Some(self.push(node, deepest + 1, key))
    }

    fn push(&mut self, node: Node, depth: usize, key: Vec<u8>) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.depths.push(depth);
        self.known.insert(key, id);
        id
    }

    fn depth(&self, id: NodeId) -> usize {
        self.depths.get(id.0 as usize).copied().unwrap_or(0)
    }

    pub(crate) fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    pub(crate) fn as_slice(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    /// A constant as a node; `None` for lists that have no node.
    pub(crate) fn constant(&mut self, constant: &Constant, texts: &mut Texts) -> Option<NodeId> {
        let node = match constant {
            Constant::List(elements) => {
                let text = |element: &Constant| match element {
                    Constant::Text(text) => Some(text.clone()),
                    _ => None,
                };
                let all: Option<Vec<String>> = elements.iter().map(text).collect();
                Node::List(Set::Texts(all?.iter().map(|text| texts.intern(text)).collect()))
            }
            scalar => Node::Literal(literal(scalar, texts)?),
        };
        self.intern(node)
    }
}

/// A constant that is no list, as a literal.
pub(super) fn literal(constant: &Constant, texts: &mut Texts) -> Option<Literal> {
    Some(match constant {
        Constant::Bool(value) => Literal::Bool(*value),
        Constant::Int(number) => Literal::Int(*number),
        Constant::Double(number) => Literal::Double(*number),
        Constant::Text(text) => Literal::Text(texts.intern(text)),
        Constant::Timestamp(ms) => Literal::Timestamp(*ms),
        Constant::Duration(ms) => Literal::Duration(*ms),
        Constant::List(_) => return None,
    })
}

/// The constants of a list, as `in` looks into them for a value of type `of`: sorted and without repetitions where they
/// are all texts or whole numbers.
pub(super) fn set(elements: &[Constant], of: Type, texts: &mut Texts) -> Option<Set> {
    if of == Type::Text {
        let mut sorted: Vec<&str> = elements
            .iter()
            .filter_map(|element| match element {
                Constant::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        sorted.sort_unstable();
        sorted.dedup();
        return Some(Set::Texts(sorted.into_iter().map(|text| texts.intern(text)).collect()));
    }
    let is_number = matches!(of, Type::Int | Type::Double);
    if is_number && elements.iter().all(|element| matches!(element, Constant::Int(_))) {
        let mut sorted: Vec<i64> = elements
            .iter()
            .filter_map(|element| match element {
                Constant::Int(number) => Some(*number),
                _ => None,
            })
            .collect();
        sorted.sort_unstable();
        sorted.dedup();
        return Some(Set::Ints(sorted));
    }
    elements.iter().map(|element| literal(element, texts)).collect::<Option<Vec<_>>>().map(Set::Others)
}
