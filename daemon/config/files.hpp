#pragma once

#include "config/load.hpp"
#include "config/reader.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace crier::config {

/// One file of the configuration.
struct Part {
    std::unique_ptr<Document> document;
    std::string directory; ///< absolute: what its relative paths start from
    TopDraft top;
    bool main = false;
};

/// Reads the main file and what it includes.
class Files {
public:
    Files(const LoadContext& context, Reader& reader)
        : context_(context)
        , reader_(reader) {}

    void read(const std::string& path);
    /// Without what it includes.
    void read_main(const std::string& path);

    [[nodiscard]] const std::vector<std::unique_ptr<Part>>& parts() const noexcept { return parts_; }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    /// A file could not be read: what it would have defined is missing, and nobody is to blame for that.
    [[nodiscard]] bool incomplete() const noexcept { return incomplete_; }

    /// The absolute form of a path that stands in `at`'s file.
    [[nodiscard]] std::string absolute(Ref at, std::string_view path) const;

private:
    struct Chain; ///< the files that include one another, down to this one

    [[nodiscard]] std::unique_ptr<Document> parse(const std::string& name, std::string text);
    void read_part(const std::string& name, const Chain* up, Ref included_at, const Path* path);
    void include(const Part& part, const std::string& name, const Chain& chain);
    void include_pattern(const std::string& name, Ref pattern, const Chain& chain, const Path& path);
    [[nodiscard]] Result<std::string> read_text(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> matches(const std::string& pattern) const;

    const LoadContext& context_;
    Reader& reader_;
    std::vector<std::unique_ptr<Part>> parts_;
    std::vector<std::string> names_;
    std::unordered_map<const Document*, std::string> directories_;
    bool incomplete_ = false;
    bool main_only_ = false;
};

/// Whether there is such a file: by the context, or really.
[[nodiscard]] bool file_exists(const LoadContext& context, const std::string& path);

/// Whether somebody may run it, for `crier check` is not called by the user that crier runs as.
[[nodiscard]] bool executable(const LoadContext& context, const std::string& path);

} // namespace crier::config
