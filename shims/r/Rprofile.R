# Makes R's packages for libcurl verify with the bundle of this run: curl before 5.2.0 (and so httr and httr2), and RCurl. R itself
# and newer ones read CURL_CA_BUNDLE, libcurl reads no variable.
#
# R_PROFILE names it in place of the site's profile, which it runs in turn. The user's own, R_PROFILE_USER or .Rprofile, R runs after
# it as ever [?Startup]. It says nothing, and what fails in it changes nothing.
# The bundle's path is data, in a file beside this one: {file:r/bundle.path}. In here a quote or a backslash in it would be code.
local({
  here <- dirname(Sys.getenv("R_PROFILE"))

  # NULL when the run is over.
  bundle <- function() {
    path <- tryCatch(readLines(file.path(here, "bundle.path"), n = 1L, warn = FALSE), error = function(e) "", warning = function(w) "")
    if (length(path) == 1L && nzchar(path) && file.exists(path)) path
  }

  on_load <- function(package, act) {
    setHook(packageEvent(package, "onLoad"), function(...) tryCatch(act(asNamespace(package)), error = function(e) NULL))
  }

  replace <- function(namespace, name, with) {
    unlockBinding(name, namespace)
    assign(name, with, envir = namespace)
    lockBinding(name, namespace)
  }

  on_load("curl", function(namespace) {
    if (package_version(getNamespaceVersion(namespace)) >= "5.2.0") return()
    new_handle <- namespace$new_handle
    handle_reset <- namespace$handle_reset
    handle_setopt <- namespace$handle_setopt
    trust <- function(handle) if (!is.null(path <- bundle())) handle_setopt(handle, cainfo = path)

    # In this order, so that what the caller asks for wins.
    replace(namespace, "new_handle", function(...) {
      handle <- new_handle()
      trust(handle)
      handle_setopt(handle, ...)
      handle
    })
    # httr resets a handle behind each request, and takes it for the next one.
    replace(namespace, "handle_reset", function(handle) {
      handle_reset(handle)
      trust(handle)
      invisible(handle)
    })
  })

  on_load("RCurl", function(namespace) {
    chosen <- getOption("RCurlOptions")
    if (!any(c("cainfo", "capath") %in% names(chosen)) && !is.null(path <- bundle())) options(RCurlOptions = c(chosen, list(cainfo = path)))
  })
})

# The site's profile, where R looks for it, in the workspace, as R runs it.
local({
  for (site in file.path(R.home("etc"), c(if (nzchar(.Platform$r_arch)) file.path(.Platform$r_arch, "Rprofile.site"), "Rprofile.site"))) {
    if (file.exists(site)) {
      sys.source(site, envir = globalenv(), keep.source = FALSE)
      break
    }
  }
})
