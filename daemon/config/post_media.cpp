#include "config/post_media.hpp"

#include "config/each_text.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
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
        scope.problems().error(path, file.at, "this is an address, and `file` wants a file",
                               "media of addresses that are no item's are not in this version");
        return;
    }
    if (!file_exists(scope.context, absolute))
        scope.problems().error(path, file.at, "there is no file " + absolute,
                               "relative paths start from the file that names them");
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
    medium.made.alt = read_template(scope, said.alt, material.variables, Path{&path, "alt"});
    const Path file_path{&path, "file"};
    const Path from_path{&path, "from"};
    if (said.file && said.from)
        problems.error_at(from_path, said.from.at, said.from.at.key_position(),
                          "file and from exclude each other", "make two entries of the list");
    else if (!said.file && !said.from)
        problems.error(path, at, "neither file nor from says what to attach",
                       "for example {file: media/sunrise.jpg, alt: \"The sun over the harbour\"}");
    else if (said.from && !material.item)
        problems.error_at(from_path, said.from.at, said.from.at.key_position(),
                          "an entry without draw or run has no item to take media from", "name a file");
    else if (said.from && said.from.value)
        medium.made.from = read_kinds(scope, said.from.value, from_path);
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
    constexpr std::array<std::string_view, 3> outcomes{"the post would be held", "it would be left out",
                                                       "the post would be left out"};
    scope.problems().list().push_back(
        warning_at(medium.made.place, medium.path,
                   "no alt text: " + std::string{outcomes[static_cast<std::size_t>(medium.made.missing_alt)]},
                   "describe it under alt for those who cannot see it"));
}

} // namespace crier::config
