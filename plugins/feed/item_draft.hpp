#pragma once

#include "feed/media.hpp"
#include "feed/vocabulary.hpp"
#include "feed/warnings.hpp"
#include "kit/html_text.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::feed {

/// How much a word counts where several vocabularies say the same of an item.
enum class Weight { none, spare, usual, best };

/// The best of what was offered, the first among equals.
template <class Value>
class Best {
public:
    void offer(Value value, Weight weight = Weight::usual) {
        if (weight <= weight_)
            return;
        value_ = std::move(value);
        weight_ = weight;
    }
    [[nodiscard]] bool empty() const { return weight_ == Weight::none; }
    [[nodiscard]] Weight weight() const { return weight_; }
    [[nodiscard]] const Value& get() const { return value_; }

private:
    Value value_{};
    Weight weight_ = Weight::none;
};

/// A text with what is needed to read it.
struct Written {
    std::string text;
    kit::Form form = kit::Form::plain;
    std::string base;
};

/// What a document says of all its items.
struct FeedFacts {
    Best<std::string> author;
    std::string language;
};

/// An item while it is read.
class ItemDraft {
public:
    /// What one of its elements says, `written` as it stands there.
    void say(Term term, Space space, Written written, Warnings& warnings);
    void permalink(bool is) { guid_is_permalink_ = is; }
    void offer_id(std::string_view id, Weight weight);
    void offer_link(std::string address, Weight weight);
    void offer_author(std::string name, Weight weight);
    void offer_language(std::string_view language, Weight weight);
    void add_category(std::string_view text, kit::Form form);
    void add_keywords(std::string_view text, kit::Form form, std::string_view marks);

    MediaDraft media;

    /// The item; nothing where all of it is empty.
    [[nodiscard]] std::optional<sdk::Item> finish(const FeedFacts& facts);

private:
    [[nodiscard]] bool says_something(const sdk::Item& item) const;
    void sort_summaries();
    void say_title(const Written& written, Weight weight);

    Best<std::string> id_;
    Best<std::string> link_;
    Best<std::string> original_link_;
    Best<std::string> title_;
    Best<Written> summary_;
    Best<Written> second_summary_;
    Best<Written> subtitle_;
    Best<Written> content_;
    Best<std::string> author_;
    Best<std::string> language_;
    Best<std::int64_t> published_;
    Best<std::int64_t> updated_;
    Best<std::int64_t> expires_;
    std::vector<std::string> categories_;
    bool guid_is_permalink_ = false;
};

/// A language's tag; of a locale's name ("pt_BR") what it would be as one.
[[nodiscard]] std::string language_tag(std::string_view written);

} // namespace crier::feed
