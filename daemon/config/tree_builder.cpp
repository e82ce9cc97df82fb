#include "config/tree_builder.hpp"

#include "config/words.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace crier::config {
namespace {

std::uint32_t offset_of(const YAML::Mark& mark) {
    return static_cast<std::uint32_t>(std::max(mark.pos, 0));
}

/// Up to so many keys of a map are compared one with another; more go through a table.
constexpr std::uint32_t few_keys = 16;

} // namespace

void TreeBuilder::problem(std::uint32_t offset, std::string message, std::string hint) {
    const Position at = document_.position(offset);
    Problem problem;
    problem.file = document_.file();
    problem.line = at.line;
    problem.column = at.column;
    problem.key = path();
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    // One cause, met by the tree and then by the parser.
    if (!problems_.empty() && problems_.back().file == problem.file &&
        problems_.back().line == problem.line && problems_.back().message == problem.message &&
        problems_.back().key != problem.key)
        return;
    problems_.push_back(std::move(problem));
}

std::string TreeBuilder::path() const {
    std::string text;
    const auto key = [&](std::string_view name) {
        text += text.empty() ? "" : ".";
        text += printable(name);
    };
    for (std::size_t i = 0; i < open_.size(); ++i) {
        const bool last = i + 1 == open_.size();
        if (open_[i].is_map && !last)
            key(key_of(document_.nodes_[open_[i + 1].node]));
        else if (open_[i].is_map && open_[i].has_key)
            key(document_.text(open_[i].key.begin, open_[i].key.size));
        else if (!open_[i].is_map && !last)
            text += '[' + std::to_string(document_.nodes_[open_[i].node].size - 1) + ']';
    }
    return text;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ == 1)
        return;
    const std::string_view line = document_.line_at(offset_of(mark));
    const bool marked = line.substr(0, 3) == "---";
    problem(offset_of(mark), marked ? "a second document begins here" : "this belongs to nothing above it",
            marked ? "a configuration is one document: put further parts into files of their own and name "
                     "them under include"
                   : "check its indentation: a list's items and a mapping's keys each begin in one column");
    throw Stop{};
}

bool TreeBuilder::inside_flow(std::uint32_t& offset) const {
    if (open_.empty() || !open_.back().flow)
        return false;
    offset = document_.nodes_[open_.back().node].offset;
    return true;
}

TreeBuilder::Text TreeBuilder::keep(std::string_view value, std::uint32_t offset, bool plain) {
    const std::string& source = document_.source_;
    const std::size_t at = plain ? offset : offset + std::size_t{1};
    const auto size = static_cast<std::uint32_t>(value.size());
    if (at < source.size() && std::string_view{source}.substr(at, value.size()) == value)
        return {static_cast<std::uint32_t>(at), size};
    const std::size_t begin = source.size() + document_.decoded_.size();
    document_.decoded_ += value;
    return {static_cast<std::uint32_t>(begin), size};
}

void TreeBuilder::take_key(Text text, std::uint32_t offset, bool plain) {
    Open& map = open_.back();
    map.key = text;
    map.key_offset = offset;
    map.key_plain = plain;
    map.has_key = true;
    if (plain && document_.text(text.begin, text.size) == "<<")
        map.merges = true;
}

void TreeBuilder::wrong_key(std::uint32_t offset, bool map) {
    Open& parent = open_.back();
    const bool braces = map && parent.flow && offset > 0 && document_.source_[offset - 1] == '{';
    if (braces)
        problem(document_.nodes_[parent.node].offset, "`{{` without quotes is a YAML mapping, not a template",
                "put the whole text in quotes: \"{{ ... }}\"");
    else
        problem(offset, "a key must be text", map ? "this is a mapping" : "this is a list");
    // Whatever is made of the map that this is a key of, it says nothing.
    document_.nodes_[parent.node].kind = Kind::broken;
    take_key({}, offset, false);
}

/// Aliases count as often as they stand: what they expand to is what a reader walks through.
void TreeBuilder::count(const Node& node) {
    if (node.weight > most_values - values_) {
        problem(node.offset, "the file has more values than a configuration may have",
                "aliases count as often as they stand");
        throw Stop{};
    }
    values_ += node.weight;
}

std::uint32_t TreeBuilder::add(Node node) {
    std::vector<Node>& nodes = document_.nodes_;
    count(node);
    const auto index = static_cast<std::uint32_t>(nodes.size());
    if (!open_.empty()) {
        Open& parent = open_.back();
        if (parent.is_map) {
            node.key_begin = parent.key.begin;
            node.key_size = parent.key.size;
            node.key_offset = parent.key_offset;
            node.key_plain = parent.key_plain;
            // A null stands nowhere: its key's place is the best there is.
            if (node.kind == Kind::null)
                node.offset = parent.key_offset;
            parent.has_key = false;
        }
        if (parent.last == 0)
            nodes[parent.node].begin = index;
        else
            nodes[parent.last].next = index;
        parent.last = index;
        ++nodes[parent.node].size;
        nodes[parent.node].weight += node.weight;
    }
    nodes.push_back(node);
    return index;
}

void TreeBuilder::remember(YAML::anchor_t anchor, std::uint32_t node) {
    if (anchor == 0)
        return;
    if (anchors_.size() <= anchor)
        anchors_.resize(anchor + 1);
    anchors_[anchor] = node + 1;
}

void TreeBuilder::check_tag(std::uint32_t offset, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!" || tag == "tag:yaml.org,2002:str" ||
        tag == "tag:yaml.org,2002:map" || tag == "tag:yaml.org,2002:seq")
        return;
    // It is not shown: behind a token's key it may be the token.
    problem(offset, "a tag (a word that begins with !) means nothing here",
            "if the text is meant to begin with !, put it in quotes");
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (skip_ > 0)
        return;
    if (at_key()) {
        problem(offset_of(mark), "a key is missing here", {});
        take_key({}, offset_of(mark), false);
        return;
    }
    Node node;
    node.offset = offset_of(mark);
    remember(anchor, add(node));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
    if (skip_ > 0)
        return;
    const std::uint32_t offset = offset_of(mark);
    const bool plain = tag == "?";
    if (!plain) {
        check_tag(offset, tag);
        last_quoted_ = offset;
        any_quoted_ = true;
    }
    const Text text = keep(value, offset, plain);
    if (at_key()) {
        take_key(text, offset, plain);
        return;
    }
    Node node;
    node.kind = Kind::scalar;
    node.plain = plain;
    node.offset = offset;
    node.begin = text.begin;
    node.size = text.size;
    remember(anchor, add(node));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (skip_ > 0)
        return;
    const std::uint32_t offset = offset_of(mark);
    if (anchor >= anchors_.size() || anchors_[anchor] == 0)
        return; // yaml-cpp refuses names that are not defined
    const std::uint32_t target = anchors_[anchor] - 1;
    Node node = document_.nodes_[target];
    if (at_key()) {
        if (node.kind == Kind::scalar)
            take_key({node.begin, node.size}, offset, node.plain);
        else
            wrong_key(offset, false);
        return;
    }
    node.offset = offset;
    node.next = 0;
    const bool recursive =
        std::any_of(open_.begin(), open_.end(), [&](const Open& open) { return open.node == target; });
    if (recursive) {
        problem(offset, "this alias stands inside what it is an alias of", {});
        node = Node{};
        node.kind = Kind::broken;
        node.offset = offset;
    }
    add(node);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value style) {
    start(mark, tag, anchor, style, Kind::list);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
    start(mark, tag, anchor, style, Kind::map);
}

void TreeBuilder::start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        YAML::EmitterStyle::value style, Kind kind) {
    const std::uint32_t offset = offset_of(mark);
    if (skip_ > 0) {
        ++skip_;
        return;
    }
    if (open_.size() >= deepest_nesting) {
        problem(offset, "this is nested deeper than a configuration may be",
                "at most " + std::to_string(deepest_nesting) + " levels");
        throw Stop{};
    }
    if (at_key()) {
        wrong_key(offset, kind == Kind::map);
        skip_ = 1;
        return;
    }
    check_tag(offset, tag);
    Node node;
    node.kind = kind;
    node.offset = offset;
    const std::uint32_t index = add(node);
    remember(anchor, index);
    Open open;
    open.node = index;
    open.is_map = kind == Kind::map;
    open.flow = style == YAML::EmitterStyle::Flow;
    open_.push_back(open);
}

void TreeBuilder::close() {
    if (skip_ > 0) {
        --skip_;
        return;
    }
    const Open closed = open_.back();
    if (closed.is_map && document_.nodes_[closed.node].kind == Kind::map) {
        check_duplicates(closed.node);
        if (closed.merges)
            merge(closed.node);
    }
    open_.pop_back();
    if (!open_.empty())
        document_.nodes_[open_.back().node].weight += document_.nodes_[closed.node].weight - 1;
}

void TreeBuilder::duplicate(std::uint32_t first, std::uint32_t second) {
    const Node& node = document_.nodes_[second];
    const Position before = document_.position(document_.nodes_[first].key_offset);
    open_.back().key = {node.key_begin, node.key_size};
    open_.back().has_key = true;
    problem(node.key_offset, "this key stands twice in the same mapping",
            "the first one is at line " + std::to_string(before.line) + ", column " +
                std::to_string(before.column));
    open_.back().has_key = false;
}

void TreeBuilder::check_duplicates(std::uint32_t map) {
    const std::vector<Node>& nodes = document_.nodes_;
    if (nodes[map].size > few_keys) {
        std::unordered_map<std::string_view, std::uint32_t> seen;
        seen.reserve(nodes[map].size);
        for (std::uint32_t at = nodes[map].begin; at != 0; at = nodes[at].next) {
            const auto [found, fresh] = seen.emplace(key_of(nodes[at]), at);
            if (!fresh)
                duplicate(found->second, at);
        }
        return;
    }
    for (std::uint32_t at = nodes[map].begin; at != 0; at = nodes[at].next) {
        for (std::uint32_t before = nodes[map].begin; before != at; before = nodes[before].next) {
            if (nodes[before].key_size == nodes[at].key_size && key_of(nodes[before]) == key_of(nodes[at])) {
                duplicate(before, at);
                break;
            }
        }
    }
}

bool TreeBuilder::has(std::uint32_t map, std::string_view key) const {
    const std::vector<Node>& nodes = document_.nodes_;
    for (std::uint32_t at = nodes[map].begin; at != 0; at = nodes[at].next)
        if (key_of(nodes[at]) == key)
            return true;
    return false;
}

/// Copies the children of `from` that `map` does not have; the copies share what lies below them.
void TreeBuilder::merge_from(std::uint32_t map, std::uint32_t from, std::uint32_t place) {
    std::vector<Node>& nodes = document_.nodes_;
    if (nodes[from].kind == Kind::broken)
        return;
    if (nodes[from].kind != Kind::map) {
        problem(nodes[place].offset, "`<<` merges a mapping, or a list of mappings, into this one",
                "for example <<: *name");
        return;
    }
    if (nodes[map].size > few_keys * few_keys || nodes[from].size > few_keys * few_keys) {
        problem(nodes[place].offset, "`<<` is for small mappings; one of these has over 256 keys", {});
        return;
    }
    std::uint32_t last = nodes[map].begin;
    while (last != 0 && nodes[last].next != 0)
        last = nodes[last].next;
    for (std::uint32_t at = nodes[from].begin; at != 0; at = nodes[at].next) {
        if (has(map, key_of(nodes[at])))
            continue;
        Node copy = nodes[at];
        copy.next = 0;
        const auto index = static_cast<std::uint32_t>(nodes.size());
        count(copy);
        nodes[map].weight += copy.weight;
        nodes.push_back(copy);
        if (last == 0)
            nodes[map].begin = index;
        else
            nodes[last].next = index;
        last = index;
        ++nodes[map].size;
    }
}

void TreeBuilder::merge(std::uint32_t map) {
    std::vector<Node>& nodes = document_.nodes_;
    std::uint32_t before = 0;
    std::uint32_t found = nodes[map].begin;
    while (found != 0 && key_of(nodes[found]) != "<<") {
        before = found;
        found = nodes[found].next;
    }
    if (found == 0)
        return;
    (before == 0 ? nodes[map].begin : nodes[before].next) = nodes[found].next;
    --nodes[map].size;
    if (nodes[found].kind != Kind::list) {
        merge_from(map, found, found);
        return;
    }
    for (std::uint32_t at = nodes[found].begin; at != 0; at = nodes[at].next)
        merge_from(map, at, at);
}

} // namespace crier::config
