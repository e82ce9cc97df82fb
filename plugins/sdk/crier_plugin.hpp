#pragma once

#include "sdk/crier_plugin.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// crier_plugin.h for C++: a class with parse() becomes the table of a plugin. Header-only; no exception
/// crosses the door. docs/PLUGINS.md has a complete example.
namespace crier::sdk {

inline std::string_view view(crier_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

inline crier_text text(std::string_view view) {
    return crier_text{view.data(), view.size()};
}

struct Media {
    std::string url;
    std::string type; ///< MIME type, may be empty
    std::string alt;  ///< description; never invented
    std::string from; ///< where it stood: enclosure, media_rss, itunes_image, content_image
};

/// crier_item with its own memory. All text is plain UTF-8.
struct Item {
    std::string id;
    std::string title;
    std::string link;
    std::string summary;
    std::string content;
    std::string author;
    std::string language;
    std::optional<std::int64_t> published; ///< microseconds since the epoch
    std::optional<std::int64_t> updated;
    std::vector<std::string> categories;
    std::vector<Media> media;
    double weight = 1; ///< how often it is drawn beside others; 0: never
};

/// What the host has fetched, or a command has written; valid during parse() only.
struct Input {
    std::string_view bytes;
    std::string_view content_type; ///< as the server said, may be empty
    std::string_view base_url;     ///< where the bytes came from in the end; empty for a command's
};

/// Where a plugin puts what it has found.
class Sink {
public:
    explicit Sink(const crier_sink& sink)
        : sink_(sink) {}

    /// Hands one item on. False: the host has enough, stop.
    bool item(const Item& item) {
        categories_.clear();
        for (const std::string& category : item.categories)
            categories_.push_back(text(category));
        media_.clear();
        for (const Media& media : item.media)
            media_.push_back(crier_media{sizeof(crier_media), text(media.url), text(media.type),
                                         text(media.alt), text(media.from)});
        crier_item raw{};
        raw.size = sizeof raw;
        raw.id = text(item.id);
        raw.title = text(item.title);
        raw.link = text(item.link);
        raw.summary = text(item.summary);
        raw.content = text(item.content);
        raw.author = text(item.author);
        raw.language = text(item.language);
        raw.published = item.published.value_or(CRIER_NO_TIME);
        raw.updated = item.updated.value_or(CRIER_NO_TIME);
        raw.categories = categories_.data();
        raw.category_count = categories_.size();
        raw.media = media_.data();
        raw.media_count = media_.size();
        raw.weight = item.weight;
        return sink_.item(sink_.host, &raw) != 0;
    }

    /// Says what was wrong, and what was done about it.
    void warning(std::string_view message) {
        if (sink_.warning != nullptr)
            sink_.warning(sink_.host, text(message));
    }

    /// Asks the host not to look again sooner than in so many seconds.
    void wait(std::int64_t seconds) {
        if (sink_.wait != nullptr)
            sink_.wait(sink_.host, seconds);
    }

private:
    const crier_sink& sink_;
    std::vector<crier_text> categories_;
    std::vector<crier_media> media_;
};

/// Name and value of each key that the configuration states for the plugin.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// What a plugin throws when its settings or its input make no sense: the words are for people, and say what
/// is wrong and how to mend it.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

namespace detail {

/// A structure as this header knows it. What a side of another version left out is zero, what it added is not
/// read.
template <class Structure>
Structure adopt(const Structure* from) noexcept {
    Structure local{};
    const std::size_t known = std::min<std::size_t>(from->size, sizeof local);
    std::memcpy(&local, from, known);
    local.size = static_cast<std::uint32_t>(known);
    return local;
}

/// Copies the words, cut to what fits between two characters.
inline void say(std::string_view words, char* error, std::size_t size) noexcept {
    if (error == nullptr || size == 0)
        return;
    std::size_t length = std::min(words.size(), size - 1);
    while (length > 0 && length < words.size() &&
           (static_cast<unsigned char>(words[length]) & 0xC0U) == 0x80U)
        --length;
    std::memcpy(error, words.data(), length);
    error[length] = '\0';
}

/// Runs `work`, whose exceptions end here. False: it threw, and `error` has the words.
template <class Work>
bool contained(Work work, char* error, std::size_t error_size) noexcept {
    try {
        work();
        return true;
    } catch (const std::exception& e) {
        say(e.what(), error, error_size);
    } catch (...) {
        say("the plugin failed and did not say why", error, error_size);
    }
    return false;
}

template <class Plugin>
void* open(const crier_setting* settings, std::size_t count, char* error, std::size_t error_size) noexcept {
    void* instance = nullptr;
    const auto make = [&] {
        Settings list;
        for (std::size_t i = 0; i < count; ++i)
            list.emplace_back(view(settings[i].name), view(settings[i].value));
        instance = std::make_unique<Plugin>(list).release();
    };
    contained(make, error, error_size);
    return instance;
}

template <class Plugin>
void close(void* instance) noexcept {
    delete static_cast<Plugin*>(instance);
}

template <class Plugin>
int parse(void* instance, const crier_input* input, const crier_sink* sink, char* error,
          std::size_t error_size) noexcept {
    const auto read = [&] {
        const crier_input given = adopt(input);
        const crier_sink target = adopt(sink);
        if (target.item == nullptr)
            throw Error("the host takes no items");
        Sink to{target};
        static_cast<Plugin*>(instance)->parse(
            Input{view(given.bytes), view(given.content_type), view(given.base_url)}, to);
    };
    return contained(read, error, error_size) ? 0 : 1;
}

} // namespace detail

/// The table of a class that has a constructor from Settings and `void parse(const Input&, Sink&)`; both may
/// throw Error. Two calls of parse() never run at the same time on one instance.
template <class Plugin>
constexpr crier_plugin make_table(const char* name, const char* about, std::uint32_t capabilities,
                                  const crier_option* options = nullptr, std::size_t option_count = 0) {
    return crier_plugin{sizeof(crier_plugin),
                        CRIER_PLUGIN_ABI,
                        name,
                        about,
                        capabilities,
                        options,
                        option_count,
                        &detail::open<Plugin>,
                        &detail::close<Plugin>,
                        &detail::parse<Plugin>};
}

} // namespace crier::sdk
