#include "kit/yaml_builder.hpp"

#include "kit/text.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace crier::kit {

namespace json = boost::json;

namespace {

constexpr std::size_t deepest = 32;

/// About how many bytes of a text it would take to write it, and how deep it is.
struct Extent {
    std::size_t weight = 8;
    std::size_t depth = 0;

    void add(const Extent& part) {
        weight += part.weight;
        depth = std::max(depth, part.depth + 1);
    }
};

Extent extent(const json::value& value) {
    Extent whole;
    if (const json::string* text = value.if_string())
        whole.weight += text->size();
    if (const json::array* list = value.if_array())
        for (const json::value& one : *list)
            whole.add(extent(one));
    if (const json::object* object = value.if_object())
        for (const auto& member : *object) {
            whole.weight += member.key().size();
            whole.add(extent(member.value()));
        }
    return whole;
}

} // namespace

std::size_t YamlBuilder::line_of(const YAML::Mark& mark) const {
    return static_cast<std::size_t>(std::max(mark.line, 0)) + 1 + lines_before_;
}

void YamlBuilder::fail(std::size_t line, const std::string& words) {
    throw sdk::Error("line " + std::to_string(line) + ": " + words);
}

void YamlBuilder::too_deep(std::size_t line) {
    fail(line, "this is nested deeper than " + std::to_string(deepest) + " levels");
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (any_document_)
        fail(line_of(mark), "this is no part of what stands above it: check its indentation, and whether "
                            "there is a second \"---\"");
    any_document_ = true;
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    add(nullptr, line_of(mark), anchor);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& text) {
    if (tag.size() > 1 && tag != "tag:yaml.org,2002:str")
        yaml_.warnings.push_back("line " + std::to_string(line_of(mark)) + ": '" + std::string{cut(tag)} +
                                 "' was taken for a mark of YAML's and left out: put a text that begins "
                                 "with ! in quotes");
    add(json::string{text}, line_of(mark), anchor);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    // yaml-cpp refuses names that nothing has; what is still open has its name and no value yet.
    if (anchor >= anchors_.size() ||
        std::any_of(open_.begin(), open_.end(), [anchor](const Open& open) { return open.anchor == anchor; }))
        fail(line_of(mark), "this alias stands inside what it is an alias of");
    add(copied(anchors_[anchor], line_of(mark)), line_of(mark), 0);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
    start(json::array{}, mark, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
    start(json::object{}, mark, anchor);
}

void YamlBuilder::start(json::value value, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (open_.size() >= deepest)
        too_deep(line_of(mark));
    Open open;
    open.value = std::move(value);
    open.anchor = anchor;
    open.line = line_of(mark);
    open_.push_back(std::move(open));
}

void YamlBuilder::close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    for (const auto& member : closed.merged)
        closed.value.get_object().emplace(member.key(), member.value());
    add(std::move(closed.value), closed.line, closed.anchor);
}

const json::value& YamlBuilder::copied(const json::value& value, std::size_t line) {
    const Extent size = extent(value);
    if (size.weight > copies_left_)
        fail(line, "the aliases (*name) up to here stand for far more text than the file has: write it out");
    if (open_.size() + size.depth > deepest)
        too_deep(line);
    copies_left_ -= size.weight;
    return value;
}

void YamlBuilder::set_key(const json::value& value, std::size_t line) {
    const json::string* text = value.if_string();
    if (text == nullptr)
        fail(line, "a key must be a text: put what begins with { or [ in quotes");
    open_.back().key = std::string{text->data(), text->size()};
    open_.back().has_key = true;
}

void YamlBuilder::add(json::value value, std::size_t line, YAML::anchor_t anchor) {
    if (anchor != 0) {
        if (anchors_.size() <= anchor)
            anchors_.resize(anchor + 1);
        anchors_[anchor] = copied(value, line);
    }
    if (open_.empty()) {
        yaml_.value = std::move(value);
        return;
    }
    Open& parent = open_.back();
    if (json::array* list = parent.value.if_array()) {
        if (open_.size() == 1)
            yaml_.lines.push_back(line);
        list->push_back(std::move(value));
        return;
    }
    if (!parent.has_key) {
        set_key(value, line);
        return;
    }
    parent.has_key = false;
    json::object& map = parent.value.get_object();
    if (parent.key == "<<" && value.is_object())
        parent.merged = std::move(value.get_object());
    else if (!map.insert_or_assign(parent.key, std::move(value)).second)
        yaml_.warnings.push_back("line " + std::to_string(line) + ": " + std::string{cut(parent.key)} +
                                 " stands twice; the last one counts");
}

} // namespace crier::kit
