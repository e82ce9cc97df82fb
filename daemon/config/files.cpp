#include "config/files.hpp"

#include "config/tree_cache.hpp"
#include "config/words.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <glob.h>
#include <system_error>
#include <utility>

namespace crier::config {
namespace {

namespace fs = std::filesystem;

constexpr int deepest_include = 8;

/// "conf.d" of "conf.d/a.yaml", and nothing of "a.yaml".
std::string directory_of(const std::string& name) {
    return fs::path{name}.parent_path().string();
}

std::string normal(const std::string& name) {
    return fs::absolute(name).lexically_normal().string();
}

std::string beside(const std::string& name, std::string_view other) {
    return (fs::path{directory_of(name)} / fs::path{other}).lexically_normal().string();
}

Result<std::string> read_real_file(const std::string& name) {
    std::error_code error;
    if (fs::is_directory(name, error))
        return Failure{Cause::config, "is a directory"};
    std::ifstream stream{name, std::ios::binary};
    std::string text;
    if (stream) {
        stream.seekg(0, std::ios::end);
        const auto size = stream.tellg();
        stream.seekg(0);
        if (size > static_cast<std::streamoff>(largest_file))
            return Failure{Cause::config, "is larger than a configuration may be",
                           "at most " + std::to_string(largest_file >> 20U) + " MB"};
        if (size > 0) {
            text.resize(static_cast<std::size_t>(size));
            stream.read(text.data(), size);
            text.resize(static_cast<std::size_t>(stream.gcount()));
        } else {
            // A pipe has no size.
            text.assign(std::istreambuf_iterator<char>{stream}, {});
        }
    }
    if (!stream && !stream.eof())
        return Failure{Cause::config,
                       "cannot be read: " + std::error_code{errno, std::generic_category()}.message()};
    return text;
}

std::vector<std::string> real_matches(const std::string& pattern) {
    glob_t found{};
    std::vector<std::string> names;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): not with these flags
    if (::glob(pattern.c_str(), GLOB_MARK, nullptr, &found) == 0)
        for (std::size_t i = 0; i < found.gl_pathc; ++i)
            if (std::string name = found.gl_pathv[i]; name.back() != '/')
                names.push_back(std::move(name));
    ::globfree(&found);
    return names;
}

bool is_pattern(std::string_view text) {
    return text.find_first_of("*?[") != std::string_view::npos;
}

} // namespace

struct Files::Chain {
    const Chain* up = nullptr;
    std::string name; ///< absolute
    int depth = 0;

    [[nodiscard]] bool has(const std::string& other) const {
        return name == other || (up != nullptr && up->has(other));
    }
};

bool file_exists(const LoadContext& context, const std::string& path) {
    std::error_code error;
    return context.file_exists ? context.file_exists(path) : fs::is_regular_file(path, error);
}

bool executable(const LoadContext& context, const std::string& path) {
    if (context.executable)
        return context.executable(path);
    constexpr fs::perms anyone = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    std::error_code error;
    return (fs::status(path, error).permissions() & anyone) != fs::perms::none && !error;
}

Result<std::string> Files::read_text(const std::string& name) const {
    return context_.read_file ? context_.read_file(name) : read_real_file(name);
}

std::vector<std::string> Files::matches(const std::string& pattern) const {
    return context_.glob ? context_.glob(pattern) : real_matches(pattern);
}

std::string Files::absolute(Ref at, std::string_view path) const {
    const auto found = directories_.find(&at.document());
    return (fs::path{found == directories_.end() ? std::string{} : found->second} / fs::path{path})
        .lexically_normal()
        .string();
}

void Files::read(const std::string& path) {
    read_part(path, nullptr, {}, nullptr);
}

void Files::read_main(const std::string& path) {
    main_only_ = true;
    read(path);
}

std::unique_ptr<Document> Files::parse(const std::string& name, std::string text) {
    const TreeCache cache{context_.cache};
    if (auto known = cache.find(name, text))
        return known;
    std::vector<Problem>& problems = reader_.problems().list();
    const std::size_t before = problems.size();
    auto document = Document::parse(name, std::move(text), problems);
    if (!document || problems.size() != before)
        return document;
    if (const Result<> kept = cache.keep(*document); !kept) {
        Problem problem;
        problem.file = name;
        problem.message = kept.error().message;
        problem.hint = kept.error().hint;
        problem.warning = true;
        problems.push_back(std::move(problem));
    }
    return document;
}

void Files::read_part(const std::string& name, const Chain* up, Ref included_at, const Path* path) {
    Result<std::string> text = read_text(name);
    if (!text) {
        incomplete_ = true;
        if (path != nullptr) {
            reader_.problems().error(*path, included_at, name + ' ' + text.error().message,
                                     text.error().hint);
            return;
        }
        Problem problem;
        problem.file = name;
        problem.message = text.error().message;
        problem.hint = text.error().hint.empty() ? "name another with --config, or make one with crier init"
                                                 : text.error().hint;
        reader_.problems().list().push_back(std::move(problem));
        return;
    }
    names_.push_back(name);
    auto part = std::make_unique<Part>();
    part->main = up == nullptr;
    part->directory = directory_of(normal(name));
    part->document = parse(name, std::move(*text));
    if (!part->document) {
        incomplete_ = true;
        return;
    }
    directories_[part->document.get()] = part->directory;
    const Ref root = part->document->root();
    part->top = preset<TopDraft>(top_section());
    reader_.fill(top_section(), &part->top, root, Path{});
    if (!part->main)
        for (const Ref child : root)
            if (const Row* row = find_row(top_section(), child.key()); row != nullptr && !row->fragment)
                reader_.problems().error_at(
                    Path{nullptr, child.key()}, child, child.key_position(),
                    "this stands in the main file only",
                    "included files may hold accounts, schedule, sources and include");
    if (part->main && !part->top.version && (root.is(Kind::map) || root.is(Kind::null)))
        reader_.problems().error(Path{}, root, "the file does not say its version",
                                 "begin it with version: 1");
    Chain chain{up, normal(name), up == nullptr ? 0 : up->depth + 1};
    parts_.push_back(std::move(part));
    const Part& added = *parts_.back(); // stays where it is while more are added
    include(added, name, chain);
}

void Files::include(const Part& part, const std::string& name, const Chain& chain) {
    const Ref patterns = part.top.include.value;
    if (!patterns || main_only_)
        return;
    const Path path{nullptr, "include"};
    if (patterns.is(Kind::scalar)) {
        include_pattern(name, patterns, chain, path);
        return;
    }
    int index = 0;
    for (const Ref pattern : patterns)
        include_pattern(name, pattern, chain, Path{&path, {}, index++});
}

void Files::include_pattern(const std::string& name, Ref pattern, const Chain& chain, const Path& path) {
    Problems& problems = reader_.problems();
    if (chain.depth >= deepest_include) {
        problems.error(path, pattern,
                       "files include one another more than " + std::to_string(deepest_include) + " deep");
        return;
    }
    const std::string wanted = beside(name, pattern.text());
    if (!is_pattern(pattern.text())) {
        if (chain.has(normal(wanted)))
            problems.error(path, pattern, "the file includes itself");
        else
            read_part(wanted, &chain, pattern, &path);
        return;
    }
    std::vector<std::string> found = matches(wanted);
    // A pattern that finds the file that it stands in does not mean it.
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const std::string& file) { return chain.has(normal(file)); }),
                found.end());
    if (found.empty())
        problems.warning(path, pattern, "no file matches " + quoted(pattern.text()));
    for (const std::string& file : found)
        read_part(file, &chain, pattern, &path);
}

} // namespace crier::config
