"""To run Atalaya on servers: an image, three replicas behind nginx, Kubernetes manifests, and an SBOM."""
