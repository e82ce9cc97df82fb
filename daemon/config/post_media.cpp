#include "config/post_media.hpp"

#include "config/address.hpp"
#include "config/each_text.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace crier::config {
namespace {

constexpr std::array<std::string_view, 6> media_kinds{"item",         "enclosure",     "media_rss",
                                                      "itunes_image", "content_image", "og_image"};

std::vector<std::string> read_kinds(Scope& scope, Ref given, const Path& path) {
    std::vector<std::string> kinds;
    each_text(given, path, [&](Ref kind, const Path&) {
        const std::string_view text = kind.text();
        if (std::find(media_kinds.begin(), media_kinds.end(), text) == media_kinds.end()) {
            const std::string near = nearest(text, {media_kinds.begin(), media_kinds.end()});
            scope.problems().error(
                path, kind, "an item has no media of kind " + quoted(text),
                near.empty()
                    ? text::enumerate(std::vector<std::string_view>{media_kinds.begin(), media_kinds.end()},
                                      "or")
                    : "did you mean '" + near + "'?");
        }
        kinds.emplace_back(text);
    });
    return kinds;
}

void check_file(Scope& scope, const GivenText& file, const std::string& absolute, const Path& path) {
    if (file.value.find("://") != std::string_view::npos) {
        scope.problems().error(path, file.at, "this is an address, and a file is wanted",
                               "what is to be fetched from an address stands under `url`");
        return;
    }
    if (!file_exists(scope.context, absolute))
        // By then it may be there; and the other posts are not to wait for this one's picture.
        scope.problems().warning(
            path, file.at, "there is no file " + absolute,
            "put it there before its post is due (relative paths start from the file that "
            "names them)");
}

std::optional<Focus> read_focus(Scope& scope, const GivenNode& given, const Path& path) {
    if (!given || !given.value)
        return std::nullopt;
    std::vector<double> numbers;
    for (const Ref one : given.value) {
        const std::string_view text = one.text();
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (!one.is(Kind::scalar) || error != std::errc{} || end != text.data() + text.size() ||
            !(number >= -1 && number <= 1)) // nor "nan"
            break;
        numbers.push_back(number);
    }
    if (numbers.size() == 2 && given.value.size() == 2)
        return Focus{numbers[0], numbers[1]};
    scope.problems().error(path, given.value, "expected two numbers from -1 to 1",
                           "the middle is [0, 0], the upper right corner [1, 1]");
    return std::nullopt;
}

std::string read_media_address(Scope& scope, const GivenText& given, const Path& path) {
    const auto address = parse_address(given.value);
    if (address)
        return std::string{given.value};
    scope.problems().error(path, given.at, address.error().message, address.error().hint);
    return {};
}

} // namespace

text::Template read_template(Scope& scope, const GivenText& given, const std::vector<std::string>& variables,
                             const Path& path) {
    if (!given || given.value.empty())
        return {};
    if (const auto hash = given.at.cut_by_hash())
        scope.problems().warning(path, given.at,
                                 "the text ends before the # behind it, which begins a comment",
                                 "put the whole text in quotes: \"" + std::string{given.value} + " #...\"");
    auto made = text::Template::parse(std::string{given.value}, variables);
    if (made)
        return std::move(*made);
    const auto& problem = made.error();
    scope.problems().error_at(path, given.at, given.at.position_in(problem.offset), problem.message,
                              problem.hint);
    return {};
}

Layer::Medium read_medium(Scope& scope, Ref at, const Material& material, const Path& path) {
    static const MediaDraft fresh = preset<MediaDraft>(media_section());
    MediaDraft said = fresh;
    Layer::Medium medium;
    Problems& problems = scope.problems();
    if (!scope.reader.fill(media_section(), &said, at, path))
        return medium;
    medium.made.place = place_of(at);
    medium.made.required = said.required.value;
    medium.made.missing_alt = said.missing_alt.value;
    medium.states_missing_alt = static_cast<bool>(said.missing_alt);
    medium.made.strip_metadata = said.metadata.value == Metadata::strip;
    medium.states_metadata = static_cast<bool>(said.metadata);
    medium.made.focus = read_focus(scope, said.focus, Path{&path, "focus"});
    if (said.thumbnail && !said.thumbnail.value.empty()) {
        medium.made.thumbnail = scope.files.absolute(said.thumbnail.at, said.thumbnail.value);
        check_file(scope, said.thumbnail, medium.made.thumbnail, Path{&path, "thumbnail"});
    }
    medium.made.alt = read_template(scope, said.alt, material.variables, Path{&path, "alt"});
    const Path file_path{&path, "file"};
    const Path from_path{&path, "from"};
    const int stated = (said.file ? 1 : 0) + (said.url ? 1 : 0) + (said.from ? 1 : 0);
    if (stated > 1)
        problems.error(path, at, "file, url and from exclude each other", "make entries of the list of them");
    else if (stated == 0)
        problems.error(path, at, "neither file, url nor from says what to attach",
                       "for example {file: media/sunrise.jpg, alt: \"The sun over the harbour\"}");
    else if (said.from && !material.item)
        problems.error_at(from_path, said.from.at, said.from.at.key_position(),
                          "an entry without draw or run has no item to take media from", "name a file");
    else if (said.from && said.from.value)
        medium.made.from = read_kinds(scope, said.from.value, from_path);
    if (said.url && !said.url.value.empty())
        medium.made.url = read_media_address(scope, said.url, Path{&path, "url"});
    if (said.url && (!said.alt || said.alt.value.empty()))
        medium.path = path.text();
    if (said.file && !said.file.value.empty()) {
        medium.made.file = scope.files.absolute(said.file.at, said.file.value);
        check_file(scope, said.file, medium.made.file, file_path);
        if (!said.alt || said.alt.value.empty())
            medium.path = path.text();
    }
    return medium;
}

void warn_of_missing_alt(Scope& scope, const Layer::Medium& medium) {
    if (medium.path.empty() || medium.made.missing_alt == MissingAlt::post)
        return;
    constexpr std::array<std::string_view, 3> outcomes{
        "the post would be held", "it would be left out",
        "a draw would take its next item, and any other post would be held"};
    scope.problems().list().push_back(
        warning_at(medium.made.place, medium.path,
                   "no alt text: " + std::string{outcomes[static_cast<std::size_t>(medium.made.missing_alt)]},
                   "describe it under alt for those who cannot see it"));
}

} // namespace crier::config
