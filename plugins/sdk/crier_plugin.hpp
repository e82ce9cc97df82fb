#pragma once

#include "sdk/crier_plugin.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
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
    std::string type;      ///< MIME type, may be empty
    std::string alt;       ///< description; never invented
    std::string from;      ///< where it stood: enclosure, media_rss, itunes_image, content_image, og_image
    std::string file = {}; ///< in the place of url; crier_plugin.h says who may name which
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
    double weight = 1;                   ///< how often it is drawn beside others; 0: never
    std::optional<std::int64_t> due;     ///< to be posted then, not before and not much later
    std::optional<std::int64_t> expires; ///< and from then on not at all
};

/// crier_pace: when a look at the source is worth its while.
struct Pace {
    std::uint32_t skip_hours = 0;     ///< bit h: not from h:00 to h+1:00 UTC
    std::uint32_t skip_days = 0;      ///< bit d: not on that day in UTC; 0 is Sunday
    std::int64_t step = 0;            ///< seconds between two looks, at least
    std::optional<std::int64_t> base; ///< what the steps count from, in microseconds since the epoch
};

/// What the host has fetched, read or heard, or a command has written; valid during the call only.
struct Input {
    std::string_view bytes;
    std::string_view content_type;   ///< as the server said, may be empty
    std::string_view base_url;       ///< where the bytes came from in the end; empty for a command's
    std::optional<std::int64_t> now; ///< when the look began, in microseconds since the epoch
    std::string_view cursor;         ///< what the look before left; empty: nothing
    std::string_view asked;          ///< the address as it was asked for; empty: none was
    std::vector<std::pair<std::string_view, std::string_view>> headers; ///< of what was heard

    /// The first header of that name (lower case); empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const {
        for (const auto& [known, value] : headers)
            if (known == name)
                return value;
        return {};
    }
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
                                         text(media.alt), text(media.from), text(media.file)});
        crier_item raw;
        crier_item_init(&raw);
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
        raw.due = item.due.value_or(CRIER_NO_TIME);
        raw.expires = item.expires.value_or(CRIER_NO_TIME);
        return sink_.item(sink_.host, &raw) != 0;
    }

    /// The item with this id was taken back where it came from. False: the host has enough, stop.
    bool gone(std::string_view id) {
        crier_item raw;
        crier_item_init(&raw);
        raw.id = text(id);
        raw.gone = 1;
        return sink_.item(sink_.host, &raw) != 0;
    }

    /// Says what was wrong, and what was done about it.
    void warning(std::string_view message) {
        if (sink_.warning != nullptr)
            sink_.warning(sink_.host, text(message));
    }

    /// Says when looks are worth their while, until the source says something else. A host of before there
    /// was one hears nothing.
    void pace(const Pace& pace) {
        if (sink_.pace == nullptr)
            return;
        crier_pace raw;
        crier_pace_init(&raw);
        raw.skip_hours = pace.skip_hours;
        raw.skip_days = pace.skip_days;
        raw.step = pace.step;
        raw.base = pace.base.value_or(CRIER_NO_TIME);
        sink_.pace(sink_.host, &raw);
    }

    /// Says that a hub pushes what changes in the document (WebSub), or only by which address one would know
    /// it. A host of before there was one hears nothing.
    void hub(std::string_view url, std::string_view topic) {
        if (sink_.hub != nullptr)
            sink_.hub(sink_.host, text(url), text(topic));
    }

    /// Asks the host not to look again sooner than in so many seconds, this time.
    void wait(std::int64_t seconds) {
        if (sink_.wait != nullptr)
            sink_.wait(sink_.host, seconds);
    }

    /// What is to be given back at the next look; the last one counts.
    void cursor(std::string_view value) {
        if (sink_.cursor != nullptr)
            sink_.cursor(sink_.host, text(value));
    }

    /// One more document of this look, an http(s) address; it comes to parse() in its turn. False: no more.
    bool fetch(std::string_view url) {
        return sink_.fetch != nullptr && sink_.fetch(sink_.host, text(url)) != 0;
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
    } catch (const std::bad_alloc&) {
        say("there is not enough memory for it", error, error_size);
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

inline Input input_of(const crier_input& given) {
    Input input;
    input.bytes = view(given.bytes);
    input.content_type = view(given.content_type);
    input.base_url = view(given.base_url);
    if (given.size >= offsetof(crier_input, cursor) && given.now != CRIER_NO_TIME)
        input.now = given.now;
    input.cursor = view(given.cursor);
    input.asked = view(given.asked);
    for (std::size_t i = 0; i < given.header_count; ++i)
        input.headers.emplace_back(view(given.headers[i].name), view(given.headers[i].value));
    return input;
}

/// What parse(), begin() and page() have in common: `call` is the plugin's own.
template <class Plugin, class Call>
int answer(void* instance, const crier_input* input, const crier_sink* sink, char* error,
           std::size_t error_size, Call call) noexcept {
    const auto work = [&] {
        const crier_sink target = adopt(sink);
        if (target.item == nullptr)
            throw Error("the host takes no items");
        Sink to{target};
        call(*static_cast<Plugin*>(instance), input_of(adopt(input)), to);
    };
    return contained(work, error, error_size) ? 0 : 1;
}

using Entrance = int (*)(void*, const crier_input*, const crier_sink*, char*, std::size_t);

/// Of a call without captures, so that it can be made anew where no state can be handed on.
template <class Plugin, class Call>
constexpr Entrance entrance(Call) {
    return [](void* instance, const crier_input* input, const crier_sink* sink, char* error,
              std::size_t size) { return answer<Plugin>(instance, input, sink, error, size, Call{}); };
}

template <class Plugin>
constexpr Entrance parse() {
    return entrance<Plugin>([](Plugin& self, const Input& in, Sink& to) { self.parse(in, to); });
}

/// Null where the class has none.
template <class Plugin>
constexpr Entrance begin() {
    if constexpr (requires(Plugin & self, const Input& in, Sink& to) { self.begin(in, to); })
        return entrance<Plugin>([](Plugin& self, const Input& in, Sink& to) { self.begin(in, to); });
    else
        return nullptr;
}

/// Null where the class has none.
template <class Plugin>
constexpr Entrance page() {
    if constexpr (requires(Plugin & self, const Input& in, Sink& to) { self.page(in, to); })
        return entrance<Plugin>([](Plugin& self, const Input& in, Sink& to) { self.page(in, to); });
    else
        return nullptr;
}

} // namespace detail

/// The table of a class that has a constructor from Settings and `void parse(const Input&, Sink&)`, and may
/// have `begin` and `page` of the same shape; all may throw Error. Two calls never run at the same time on
/// one instance.
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
                        detail::parse<Plugin>(),
                        detail::begin<Plugin>(),
                        detail::page<Plugin>()};
}

/// What crier_plugin_version() answers: version 1, if the host speaks it.
inline std::uint32_t choose_version(const std::uint32_t* offered, std::size_t count) noexcept {
    return std::find(offered, offered + count, CRIER_PLUGIN_ABI) == offered + count ? 0 : CRIER_PLUGIN_ABI;
}

} // namespace crier::sdk

/// Makes a shared object of a plugin: `table` is a crier_plugin that lives for ever.
#define CRIER_EXPORT_PLUGIN(table)                                                                           \
    extern "C" CRIER_PLUGIN_EXPORT uint32_t crier_plugin_version(const uint32_t* offered, size_t count) {    \
        return ::crier::sdk::choose_version(offered, count);                                                 \
    }                                                                                                        \
    extern "C" CRIER_PLUGIN_EXPORT const crier_plugin* crier_plugin_table(uint32_t abi) {                    \
        return abi == CRIER_PLUGIN_ABI ? &(table) : nullptr;                                                 \
    }
