#include "config/tree.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace crier::config {

Document::Document(std::string file, std::string text)
    : file_(std::move(file))
    , source_(std::move(text)) {
    lines_.push_back(0);
    const char* const begin = source_.data();
    const char* const end = begin + source_.size();
    for (const char* at = begin; at < end;) {
        const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
        if (found == nullptr)
            break;
        at = static_cast<const char*>(found) + 1;
        lines_.push_back(static_cast<std::uint32_t>(at - begin));
    }
}

void drop_byte_order_mark(std::string& text) {
    if (text.compare(0, 3, "\xEF\xBB\xBF") == 0)
        text.erase(0, 3);
}

Position Document::position(std::size_t offset) const {
    offset = std::min(offset, source_.size());
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(after - lines_.begin());
    const std::string_view before =
        std::string_view{source_}.substr(lines_[line - 1], offset - lines_[line - 1]);
    // Bytes that continue a UTF-8 sequence are no characters of their own.
    const auto characters = std::count_if(before.begin(), before.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return {static_cast<int>(line), static_cast<int>(characters) + 1};
}

std::string_view Document::line_at(std::size_t offset) const {
    offset = std::min(offset, source_.size());
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
    const std::string_view rest = std::string_view{source_}.substr(*(after - 1));
    std::string_view line = rest.substr(0, rest.find('\n'));
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

const Node& Ref::node() const noexcept {
    return document_->node(index_);
}

std::string_view Ref::text() const noexcept {
    const Node& self = node();
    return self.kind == Kind::scalar ? document_->text(self.begin, self.size) : std::string_view{};
}

std::string_view Ref::key() const noexcept {
    const Node& self = node();
    return document_->text(self.key_begin, self.key_size);
}

Position Ref::position() const {
    return document_->position(node().offset);
}

Position Ref::key_position() const {
    return document_->position(node().key_offset);
}

Ref::Iterator& Ref::Iterator::operator++() {
    index_ = document_->node(index_).next;
    return *this;
}

Ref::Iterator Ref::begin() const {
    const Node& self = node();
    return {document_, self.kind == Kind::list || self.kind == Kind::map ? self.begin : 0};
}

std::size_t Ref::size() const noexcept {
    const Node& self = node();
    return self.kind == Kind::list || self.kind == Kind::map ? self.size : 0;
}

std::optional<std::size_t> Ref::cut_by_hash() const {
    const std::string& source = document_->source();
    const std::string_view said = text();
    std::size_t at = node().offset + said.size();
    if (!is(Kind::scalar) || !plain() || source.compare(node().offset, said.size(), said) != 0)
        return std::nullopt;
    while (at < source.size() && source[at] == ' ')
        ++at;
    // "# words" is what a comment looks like.
    const bool tag = at + 1 < source.size() && source[at] == '#' &&
                     std::string_view{" #\t\r\n"}.find(source[at + 1]) == std::string_view::npos;
    return tag ? std::optional<std::size_t>{at} : std::nullopt;
}

bool Ref::hidden_by_hash() const {
    const std::string& source = document_->source();
    std::size_t at = node().key_offset + node().key_size;
    if (at < source.size() && (source[at] == '"' || source[at] == '\''))
        ++at;
    while (at < source.size() && (source[at] == ':' || source[at] == ' '))
        ++at;
    return at + 1 < source.size() && source[at] == '#' && source[at + 1] != ' ' && source[at + 1] != '#' &&
           source[at + 1] != '\n' && source[at + 1] != '\r';
}

} // namespace crier::config
