#pragma once

#include "config/tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <string>
#include <string_view>
#include <vector>

namespace crier::config {

/// Builds a Document from the events of yaml-cpp's parser. Only tree_parse.cpp uses it.
class TreeBuilder final : public YAML::EventHandler {
public:
    /// Thrown through the parser where going on makes no sense; the problem is reported already.
    struct Stop {};

    TreeBuilder(Document& document, std::vector<Problem>& problems)
        : document_(document)
        , problems_(problems) {}

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(); }

    /// Where the innermost `{` or `[` stands that is still open.
    [[nodiscard]] bool inside_flow(std::uint32_t& offset) const;
    /// Where the last text in quotes begins.
    [[nodiscard]] std::uint32_t last_quoted() const noexcept { return last_quoted_; }
    [[nodiscard]] bool any_quoted() const noexcept { return any_quoted_; }
    [[nodiscard]] bool any_document() const noexcept { return documents_ > 0; }

    void problem(std::uint32_t offset, std::string message, std::string hint);

private:
    struct Text {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    /// A list or map whose end has not come.
    struct Open {
        std::uint32_t node = 0;
        std::uint32_t last = 0; ///< last child, 0: none
        bool is_map = false;
        bool flow = false;
        bool has_key = false; ///< a map's key was read; its value comes next
        bool merges = false;  ///< has a key `<<`
        bool key_plain = true;
        std::uint32_t key_offset = 0;
        Text key;
    };

    [[nodiscard]] bool at_key() const {
        return !open_.empty() && open_.back().is_map && !open_.back().has_key;
    }
    [[nodiscard]] Text keep(std::string_view value, std::uint32_t offset, bool plain);
    void take_key(Text text, std::uint32_t offset, bool plain);
    void wrong_key(std::uint32_t offset, bool map);
    /// Hangs a node into the innermost open list or map.
    std::uint32_t add(Node node);
    void count(const Node& node);
    void start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
               YAML::EmitterStyle::value style, Kind kind);
    void close();
    void remember(YAML::anchor_t anchor, std::uint32_t node);
    void check_tag(std::uint32_t offset, const std::string& tag);
    void check_duplicates(std::uint32_t map);
    void duplicate(std::uint32_t first, std::uint32_t second);
    void merge(std::uint32_t map);
    void merge_from(std::uint32_t map, std::uint32_t from, std::uint32_t place);
    [[nodiscard]] bool has(std::uint32_t map, std::string_view key) const;
    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::string_view key_of(const Node& node) const {
        return document_.text(node.key_begin, node.key_size);
    }

    Document& document_;
    std::vector<Problem>& problems_;
    std::vector<Open> open_;
    std::vector<std::uint32_t> anchors_; ///< node + 1 of each anchor
    int documents_ = 0;
    std::uint32_t values_ = 0;
    std::uint32_t skip_ = 0; ///< open lists and maps inside a key that cannot be one
    std::uint32_t last_quoted_ = 0;
    bool any_quoted_ = false;
};

} // namespace crier::config
