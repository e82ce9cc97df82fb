#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A YAML file as a compact tree that remembers where everything stood.
namespace crier::config {

/// Line and column, both from 1; columns count characters.
struct Position {
    int line = 0;
    int column = 0;
};

/// What is wrong with a file, and where. `key` is the path of the key ("accounts.news.token").
struct Problem {
    std::string file;
    int line = 0;
    int column = 0;
    std::string key;
    std::string message;
    std::string hint;
    bool warning = false;
};

enum class Kind : std::uint8_t {
    null,
    scalar,
    list,
    map,
    broken, ///< already reported; say nothing more about it
};

/// One value, with the key that it stands under when its parent is a map.
struct Node {
    Kind kind = Kind::null;
    bool plain = true; ///< a scalar without quotes
    bool key_plain = true;
    std::uint32_t offset = 0; ///< byte in the file; of a null, that of its key
    std::uint32_t key_offset = 0;
    std::uint32_t key_begin = 0; ///< place of the text in Document's two buffers
    std::uint32_t key_size = 0;
    std::uint32_t begin = 0;  ///< scalar: place of the text; list and map: first child, 0 when empty
    std::uint32_t size = 0;   ///< scalar: bytes; list and map: number of children
    std::uint32_t next = 0;   ///< next sibling, 0: none
    std::uint32_t weight = 1; ///< nodes below it and itself, aliases counted as often as they stand
};

class Document;

/// A node of a document. Cheap to copy; valid while the document lives. A default one is "not given".
class Ref {
public:
    Ref() = default;
    Ref(const Document* document, std::uint32_t index)
        : document_(document)
        , index_(index) {}

    explicit operator bool() const noexcept { return document_ != nullptr; }
    bool operator==(const Ref&) const = default;

    [[nodiscard]] const Document& document() const noexcept { return *document_; }
    [[nodiscard]] const Node& node() const noexcept;
    [[nodiscard]] Kind kind() const noexcept { return node().kind; }
    [[nodiscard]] bool is(Kind kind) const noexcept { return node().kind == kind; }
    [[nodiscard]] bool plain() const noexcept { return node().plain; }
    [[nodiscard]] bool key_plain() const noexcept { return node().key_plain; }
    [[nodiscard]] std::string_view text() const noexcept; ///< of a scalar
    [[nodiscard]] std::string_view key() const noexcept;
    [[nodiscard]] Position position() const;
    [[nodiscard]] Position key_position() const;

    /// Where byte `offset` of a scalar's text stands in the file; the scalar's start where that cannot be
    /// said (folded and multi-line quoted text).
    [[nodiscard]] Position position_in(std::size_t offset) const;

    /// Byte of the file where a comment cuts off an unquoted text on one line: "status: Hello #tag".
    [[nodiscard]] std::optional<std::size_t> cut_by_hash() const;

    /// What stands between a key and the end of its line is a comment that touches no blank: "status: #tag".
    [[nodiscard]] bool hidden_by_hash() const;

    class Iterator {
    public:
        Iterator(const Document* document, std::uint32_t index)
            : document_(document)
            , index_(index) {}
        Ref operator*() const { return {document_, index_}; }
        Iterator& operator++();
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

    private:
        const Document* document_;
        std::uint32_t index_;
    };
    /// Children of a list or map; of anything else there are none.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const { return {document_, 0}; }
    [[nodiscard]] std::size_t size() const noexcept;

private:
    const Document* document_ = nullptr;
    std::uint32_t index_ = 0;
};

/// One file, read. Anchors, aliases and merge keys (`<<`) are resolved; an alias shares its target's nodes,
/// so that expansion costs nothing, and what would expand beyond all measure is refused.
///
/// Ownership: the text of the file and all scalars. Thread: immutable once parsed.
class Document {
public:
    /// Problems are appended; nothing is returned when the file cannot be read as one YAML document at all.
    [[nodiscard]] static std::unique_ptr<Document> parse(std::string file, std::string text,
                                                         std::vector<Problem>& problems);

    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    [[nodiscard]] const std::string& file() const noexcept { return file_; }
    [[nodiscard]] const std::string& source() const noexcept { return source_; }
    [[nodiscard]] Ref root() const noexcept { return {this, 0}; }
    [[nodiscard]] Position position(std::size_t offset) const;
    /// The line that this byte is in, without its end.
    [[nodiscard]] std::string_view line_at(std::size_t offset) const;

    [[nodiscard]] const Node& node(std::uint32_t index) const noexcept { return nodes_[index]; }
    [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint32_t size) const noexcept {
        return begin < source_.size() ? std::string_view{source_}.substr(begin, size)
                                      : std::string_view{decoded_}.substr(begin - source_.size(), size);
    }

private:
    friend class TreeBuilder;
    friend class TreeCache;
    Document(std::string file, std::string text);

    std::string file_;
    std::string source_;
    std::string decoded_; ///< scalars that do not stand in the file byte by byte
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> lines_; ///< offset of each line's first byte
};

/// Some editors put one before the text.
void drop_byte_order_mark(std::string& text);

/// Bounds of one file: far over what anyone writes by hand, far under what would hurt.
inline constexpr std::size_t largest_file = 32U << 20U;
inline constexpr std::size_t deepest_nesting = 32;
inline constexpr std::uint32_t most_values = 4'000'000;

} // namespace crier::config
